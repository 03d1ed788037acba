import { useDroppable } from "@dnd-kit/react";
import { useTranslation } from "react-i18next";
import { useRecordPages } from "@/api/records";
import type { Condition, EntityDefinition, FieldDefinition, ListQuery, RecordRow, ViewDefinition } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { both } from "@/model/filter";
import { formatShort } from "@/model/format";
import { Button } from "@/ui/Button";
import { Count, colourVariables, EmptyState, SkeletonLines, Tag } from "@/ui/surfaces";
import styles from "./Board.module.css";
import { BoardCard } from "./BoardCard";
import type { Lane } from "./lanes";

interface ColumnProps {
  entity: EntityDefinition;
  lane: Lane;
  lanes: Lane[];
  field: FieldDefinition;
  view: ViewDefinition;
  query: ListQuery;
  fields: FieldDefinition[];
  onMove: (record: RecordRow, lane: Lane) => void;
}

const PAGE = 30;

/** One lane: how many and how much, and its cards, more as one asks for them. */
export function BoardColumn({ entity, lane, lanes, field, view, query, fields, onMove }: ColumnProps) {
  const { t } = useTranslation(["process", "views", "common"]);
  const { count, sum } = lane;
  const label = lane.label || t("views:board.none");
  const language = useLanguage();
  const errorText = useErrorText();
  const { ref, isDropTarget } = useDroppable({ id: lane.id, disabled: lane.isFormer });
  const here: Condition =
    lane.key === null ? { field: field.key, op: "empty" } : { field: field.key, op: "eq", value: lane.key };
  const filter = both(query.filter, here);
  const sort = query.sort ?? [{ field: lane.stage ? "stage_since" : "created_at" }];
  const pages = useRecordPages(entity.key, { ...query, filter, sort }, PAGE);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const left = Math.max(0, (count ?? 0) - rows.length);
  return (
    <section
      ref={ref}
      className={styles.column}
      data-over={isDropTarget}
      style={colourVariables(lane.colour)}
      aria-label={t("process:board.column", { stage: label, count: count ?? 0 })}
    >
      <header className={styles.head}>
        <h2>{label}</h2>
        {lane.isFormer && <Tag>{t("process:board.former")}</Tag>}
        {count !== null && <Count quiet value={count} />}
        <span className={styles.sum}>
          {sum !== null && `${t("process:board.total")} ${formatShort(sum, language)}`}
        </span>
      </header>
      <div className={styles.cards}>
        {pages.isPending && <SkeletonLines lines={5} />}
        {pages.isError && (
          <EmptyState
            title={errorText(pages.error)}
            actions={
              <Button small onClick={() => void pages.refetch()}>
                {t("common:actions.retry")}
              </Button>
            }
          />
        )}
        {pages.data && rows.length === 0 && <p className={styles.hint}>{t("process:board.empty")}</p>}
        {rows.map((row) => (
          <BoardCard
            key={row.id}
            row={row}
            lane={lane}
            lanes={lanes}
            field={field}
            view={view}
            fields={fields}
            onMove={onMove}
          />
        ))}
        {pages.hasNextPage && (
          <Button small kind="quiet" wide busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {left > 0 ? t("process:board.more", { count: Math.min(left, PAGE) }) : t("common:actions.loadMore")}
          </Button>
        )}
      </div>
    </section>
  );
}
