import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useRecordPages } from "@/api/records";
import type { FieldDefinition, ListQuery, RecordRow, ViewDefinition } from "@/api/types";
import { Shown } from "@/fields/Shown";
import { useCatalogue } from "@/fields/useCatalogue";
import { rowColour } from "@/model/looks";
import { fieldValue, isEmptyValue } from "@/model/values";
import { Button } from "@/ui/Button";
import { colourVariables, SkeletonLines, Tag } from "@/ui/surfaces";
import styles from "./Cards.module.css";

const LINES = 4;

interface CardProps {
  row: RecordRow;
  fields: FieldDefinition[];
  view?: ViewDefinition | undefined;
}

export function RecordCard({ row, fields, view }: CardProps) {
  const catalogue = useCatalogue();
  const stage = catalogue.stage(row.entity, row.stage);
  const title = catalogue.entity(row.entity)?.title;
  const lines = fields
    .filter((field) => field.key !== title && field.key !== "stage" && !isEmptyValue(fieldValue(row, field.key)))
    .slice(0, LINES);
  const colour = rowColour(view, row);
  return (
    <article
      className={styles.card}
      data-painted={colour !== null}
      style={colour ? colourVariables(colour) : undefined}
    >
      <header>
        <Link className={styles.stretched} to="/e/$entity/$id" params={{ entity: row.entity, id: row.id }}>
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
          <div key={field.key} style={{ display: "contents" }}>
            <dt>{field.label}</dt>
            <dd>
              <Shown field={field} row={row} />
            </dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

interface CardListProps {
  entity: string;
  fields: FieldDefinition[];
  query: ListQuery;
  view?: ViewDefinition | undefined;
  empty: ReactNode;
  failed: (error: Error, retry: () => void) => ReactNode;
}

/** The list on a phone: cards, fetched as the thumb goes down. */
export function CardList({ entity, fields, query, view, empty, failed }: CardListProps) {
  const { t } = useTranslation("common");
  const pages = useRecordPages(entity, query, 30);
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
      <div className={styles.list}>
        <SkeletonLines lines={10} />
      </div>
    );
  if (pages.isError) return failed(pages.error, () => void pages.refetch());
  const rows = pages.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return empty;
  return (
    <div className={styles.list}>
      {rows.map((row) => (
        <RecordCard key={row.id} row={row} fields={fields} view={view} />
      ))}
      <div ref={end}>
        {hasNextPage && (
          <Button wide kind="quiet" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("actions.loadMore")}
          </Button>
        )}
      </div>
    </div>
  );
}
