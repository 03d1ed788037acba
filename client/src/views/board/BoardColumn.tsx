import { useDroppable } from "@dnd-kit/react";
import { useTranslation } from "react-i18next";
import { useRecordPages } from "@/api/records";
import type { EntityDefinition, FieldDefinition, ListQuery, RecordRow, StageDefinition } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { both } from "@/model/filter";
import { formatShort } from "@/model/format";
import { Button } from "@/ui/Button";
import { Count, colourVariables, EmptyState, SkeletonLines, Tag } from "@/ui/surfaces";
import styles from "./Board.module.css";
import { BoardCard } from "./BoardCard";

interface ColumnProps {
  entity: EntityDefinition;
  stage: StageDefinition;
  /** Only a former version of the process has the stage: records finish in it, none enters. */
  isFormer?: boolean;
  query: ListQuery;
  fields: FieldDefinition[];
  count: number | null;
  sum: number | null;
  onMove: (record: RecordRow, target: string) => void;
}

const PAGE = 30;

/** One stage: how many and how much, and its cards, more as one asks for them. */
export function BoardColumn({ entity, stage, isFormer = false, query, fields, count, sum, onMove }: ColumnProps) {
  const { t } = useTranslation(["process", "common"]);
  const language = useLanguage();
  const errorText = useErrorText();
  const { ref, isDropTarget } = useDroppable({ id: stage.key, disabled: isFormer });
  const filter = both(query.filter, { field: "stage", op: "eq", value: stage.key });
  const sort = query.sort ?? [{ field: "stage_since" }];
  const pages = useRecordPages(entity.key, { ...query, filter, sort }, PAGE);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const left = Math.max(0, (count ?? 0) - rows.length);
  return (
    <section
      ref={ref}
      className={styles.column}
      data-over={isDropTarget}
      style={colourVariables(stage.colour)}
      aria-label={t("process:board.column", { stage: stage.label, count: count ?? 0 })}
    >
      <header className={styles.head}>
        <h2>{stage.label}</h2>
        {isFormer && <Tag>{t("process:board.former")}</Tag>}
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
          <BoardCard key={row.id} row={row} stage={stage} fields={fields} onMove={onMove} />
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
