import { Link } from "@tanstack/react-router";
import { ImageOff, Inbox } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { previewUrl } from "@/api/process";
import { useRecordPages } from "@/api/records";
import type { FieldDefinition, RecordRow, ViewDefinition } from "@/api/types";
import { filesOf } from "@/fields/file/values";
import { Shown } from "@/fields/Shown";
import { useCatalogue } from "@/fields/useCatalogue";
import { columnKeys } from "@/model/columns";
import { rowColour } from "@/model/looks";
import { fieldValue, isEmptyValue } from "@/model/values";
import { Button } from "@/ui/Button";
import { colourVariables, EmptyState, Skeleton, Tag } from "@/ui/surfaces";
import { KindFailed } from "../kinds/KindState";
import type { KindProps } from "../kinds/kind";
import styles from "./Gallery.module.css";

const PAGE = 40;
const LINES = 4;

function Picture({ row, view }: { row: RecordRow; view: ViewDefinition }) {
  const field = view.gallery?.picture;
  const file = field ? filesOf(fieldValue(row, field), row.display[field])[0] : undefined;
  if (!field) return null;
  return (
    <div className={styles.picture} data-fit={view.gallery?.fit ?? "cover"}>
      {file ? (
        <img src={previewUrl(file.id, 512)} alt="" loading="lazy" decoding="async" />
      ) : (
        <ImageOff size={24} aria-hidden="true" />
      )}
    </div>
  );
}

function GalleryCard({ row, view, fields }: { row: RecordRow; view: ViewDefinition; fields: FieldDefinition[] }) {
  const catalogue = useCatalogue();
  const stage = catalogue.stage(row.entity, row.stage);
  const colour = rowColour(view, row);
  const lines = fields.filter((field) => !isEmptyValue(fieldValue(row, field.key))).slice(0, LINES);
  return (
    <article
      className={styles.card}
      data-painted={colour !== null}
      style={colour ? colourVariables(colour) : undefined}
    >
      <Picture row={row} view={view} />
      <div className={styles.text}>
        <header>
          <Link className={styles.link} to="/e/$entity/$id" params={{ entity: row.entity, id: row.id }}>
            {row.title}
          </Link>
          {stage && (
            <Tag dot colour={stage.colour}>
              {stage.label}
            </Tag>
          )}
        </header>
        <dl>
          {lines.map((field) => (
            <div key={field.key}>
              <dt>{field.label}</dt>
              <dd>
                <Shown field={field} row={row} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </article>
  );
}

/** Records as cards with their picture; more come as one scrolls. */
export function Gallery({ entity, view, query }: KindProps) {
  const { t } = useTranslation(["views", "common"]);
  const catalogue = useCatalogue();
  const pages = useRecordPages(entity.key, query, PAGE);
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, fetchNextPage, isFetchingNextPage } = pages;
  useEffect(() => {
    const element = end.current;
    if (!element || !hasNextPage) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void fetchNextPage();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasNextPage, fetchNextPage]);
  if (pages.isPending)
    return (
      <div className={styles.gallery} aria-busy="true">
        {[0, 1, 2, 3, 4, 5, 6, 7].map((each) => (
          <div key={each} className={styles.card}>
            <Skeleton height={140} />
          </div>
        ))}
      </div>
    );
  if (pages.isError) return <KindFailed error={pages.error} retry={() => void pages.refetch()} />;
  const rows = pages.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0)
    return <EmptyState icon={<Inbox size={40} />} title={t("views:empty")} text={t("views:emptyText")} />;
  const keys = view.card.length > 0 ? view.card : columnKeys(catalogue, entity, view);
  const fields = keys
    .filter((key) => key !== entity.title && key !== "stage" && key !== view.gallery?.picture)
    .flatMap((key) => catalogue.field(entity.key, key) ?? []);
  return (
    <section className={styles.gallery} aria-label={t("views:gallery.label", { view: view.label })}>
      {rows.map((row) => (
        <GalleryCard key={row.id} row={row} view={view} fields={fields} />
      ))}
      <div ref={end} className={styles.end}>
        {hasNextPage && (
          <Button kind="quiet" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("common:actions.loadMore")}
          </Button>
        )}
      </div>
    </section>
  );
}
