import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useRecordPages } from "@/api/records";
import type { FieldDefinition, ListQuery, RecordRow, ViewDefinition } from "@/api/types";
import { fieldViews } from "@/fields/registry";
import { Shown } from "@/fields/Shown";
import { rowColour } from "@/model/looks";
import { Button } from "@/ui/Button";
import { useIsPhone } from "@/ui/media";
import { colourVariables, SkeletonLines } from "@/ui/surfaces";
import { RecordCard } from "../cards/CardList";
import styles from "./List.module.css";

interface LinesProps {
  entity: string;
  fields: FieldDefinition[];
  query: ListQuery;
  view: ViewDefinition | undefined;
  /** How many records the group holds. */
  count: number;
}

const LINES = 20;

/** The records of a group side by side, for a wide screen. */
function LineTable({
  entity,
  fields,
  rows,
  view,
}: Pick<LinesProps, "entity" | "fields" | "view"> & { rows: RecordRow[] }) {
  const navigate = useNavigate();
  return (
    <table>
      <thead>
        <tr>
          {fields.map((field) => (
            <th
              key={field.key}
              scope="col"
              className={fieldViews[field.type].align === "end" ? styles.numeric : undefined}
            >
              {field.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.id}
            data-painted={rowColour(view, row) !== null}
            style={colourVariables(rowColour(view, row))}
            onClick={() => void navigate({ to: "/e/$entity/$id", params: { entity, id: row.id } })}
          >
            {fields.map((field) => (
              <td key={field.key} className={fieldViews[field.type].align === "end" ? styles.numeric : undefined}>
                <Shown field={field} row={row} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The records of a group; while they load, room for as many as there are is kept. */
export function GroupLines({ entity, fields, query, view, count }: LinesProps) {
  const { t } = useTranslation("common");
  const isPhone = useIsPhone();
  const pages = useRecordPages(entity, query, LINES);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  if (pages.isPending)
    return (
      <div className={styles.waiting} style={{ "--lines": Math.min(count, LINES) }}>
        <SkeletonLines lines={3} />
      </div>
    );
  const more = pages.hasNextPage && (
    <div style={{ padding: 8 }}>
      <Button small kind="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        {t("actions.loadMore")}
      </Button>
    </div>
  );
  if (isPhone)
    return (
      <div className={styles.groupCards}>
        {rows.map((row) => (
          <RecordCard key={row.id} row={row} fields={fields} view={view} />
        ))}
        {more}
      </div>
    );
  return (
    <div className={styles.lines}>
      <LineTable entity={entity} fields={fields} rows={rows} view={view} />
      {more}
    </div>
  );
}
