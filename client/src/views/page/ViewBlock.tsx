import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useRecordPages } from "@/api/records";
import type { EntityDefinition, ViewDefinition } from "@/api/types";
import { fieldViews } from "@/fields/registry";
import { Shown } from "@/fields/Shown";
import { useCatalogue } from "@/fields/useCatalogue";
import { columnFields, columnKeys } from "@/model/columns";
import { marksOf, rowColour } from "@/model/looks";
import { useIsPhone } from "@/ui/media";
import { colourVariables, EmptyState, Panel, PlainTable, SkeletonLines } from "@/ui/surfaces";
import { Failed } from "./Failed";
import styles from "./Page.module.css";
import type { BlockProps } from "./PageView";

const ViewExcerpt = lazy(() => import("./ViewExcerpt").then((module) => ({ default: module.ViewExcerpt })));
const COLUMNS = 5;

function Rows({ entity, view, limit }: { entity: EntityDefinition; view: ViewDefinition; limit: number }) {
  const { t } = useTranslation(["records", "common"]);
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  const isPhone = useIsPhone();
  const fields = columnFields(catalogue, entity.key, columnKeys(catalogue, entity, view)).slice(
    0,
    isPhone ? 2 : COLUMNS,
  );
  const pages = useRecordPages(
    entity.key,
    {
      ...(view.filter ? { filter: view.filter } : {}),
      ...(view.sort.length > 0 ? { sort: view.sort } : {}),
      ...(view.colours.length > 0 ? { marks: marksOf(view) } : {}),
    },
    limit,
  );
  const rows = pages.data?.pages[0]?.rows ?? [];
  if (pages.isPending)
    return (
      <div style={{ padding: 16 }}>
        <SkeletonLines lines={limit} />
      </div>
    );
  if (pages.isError) return <Failed query={pages} />;
  if (rows.length === 0) return <EmptyState title={t("records:list.emptyFiltered", { entity: entity.label })} />;
  return (
    <PlainTable label={view.label}>
      <thead>
        <tr>
          {fields.map((field) => (
            <th key={field.key} scope="col" style={{ textAlign: fieldViews[field.type].align }}>
              {field.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.id}
            className={styles.excerptRow}
            data-painted={rowColour(view, row) !== null}
            style={colourVariables(rowColour(view, row))}
            onClick={() => void navigate({ to: "/e/$entity/$id", params: { entity: entity.key, id: row.id } })}
          >
            {fields.map((field, index) => (
              <td key={field.key} style={{ textAlign: fieldViews[field.type].align }}>
                {index === 0 ? (
                  <Link
                    to="/e/$entity/$id"
                    params={{ entity: entity.key, id: row.id }}
                    onClick={(event) => event.stopPropagation()}
                  >
                    <Shown field={field} row={row} />
                  </Link>
                ) : (
                  <Shown field={field} row={row} />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

/** The beginning of a view; a board, calendar, map or timeline as itself. */
export function ViewBlock({ block }: BlockProps) {
  const { t } = useTranslation("common");
  const catalogue = useCatalogue();
  const view = block.view ? catalogue.view(block.view) : undefined;
  const entity = view ? catalogue.entity(view.entity) : undefined;
  if (!view || !entity) return null;
  const isList = view.kind === "grid";
  return (
    <Panel
      flush
      title={block.title || view.label}
      actions={
        <Link to="/v/$view" params={{ view: view.key }} className={styles.more}>
          {t("actions.showAll")}
        </Link>
      }
    >
      {isList ? (
        <Rows entity={entity} view={view} limit={block.limit} />
      ) : (
        <div className={styles.excerpt}>
          <Suspense fallback={<SkeletonLines lines={6} />}>
            <ViewExcerpt entity={entity} view={view} />
          </Suspense>
        </div>
      )}
    </Panel>
  );
}
