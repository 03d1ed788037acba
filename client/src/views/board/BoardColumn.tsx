import { useDroppable } from "@dnd-kit/react";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
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
  /** The card that somebody carries, if any: it stays drawn when its place is scrolled out of sight. */
  carried: string | null;
  onMove: (record: RecordRow, lane: Lane) => void;
}

const PAGE = 50;
const CARD_HEIGHT = 124;
const GAP = 8;
/** Cards before the end at which the next ones are fetched. */
const AHEAD = 20;

/** Of any number of cards those in sight, and a few more. */
function useSlots(rows: RecordRow[], carried: string | null) {
  const scroller = useRef<HTMLDivElement>(null);
  const indexOf = (id: string | null | undefined) => (id ? rows.findIndex((row) => row.id === id) : -1);
  const slots = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    rangeExtractor: (range) => {
      // What is carried, and what has the focus or an open menu, stays though it is out of sight.
      const focused = scroller.current?.querySelector<HTMLElement>("[data-card]:focus-within")?.dataset.card;
      const kept = [indexOf(carried), indexOf(focused)].filter((at) => at >= 0);
      return [...new Set([...defaultRangeExtractor(range), ...kept])].sort((one, other) => one - other);
    },
    gap: GAP,
    overscan: 5,
  });
  return { scroller, slots };
}

/** One lane: how many and how much, and its cards, more as one comes to their end. */
export function BoardColumn(props: ColumnProps) {
  const { entity, lane, lanes, field, view, query, fields, carried, onMove } = props;
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
  const { scroller, slots } = useSlots(rows, carried);
  const drawn = slots.getVirtualItems();
  const isNearEnd = (drawn.at(-1)?.index ?? 0) >= rows.length - AHEAD;
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = pages;
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [isNearEnd, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
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
      <div className={styles.cards} ref={scroller}>
        {pages.isPending && <SkeletonLines lines={5} />}
        {pages.isError && (
          <EmptyState
            title={t("views:failed")}
            text={errorText(pages.error)}
            actions={
              <Button small onClick={() => void pages.refetch()}>
                {t("common:actions.retry")}
              </Button>
            }
          />
        )}
        {pages.data && rows.length === 0 && <p className={styles.hint}>{t("process:board.empty")}</p>}
        {rows.length > 0 && (
          <div className={styles.stack} style={{ height: slots.getTotalSize() }}>
            {drawn.map(({ key, index, start }) => {
              const row = rows[index];
              return (
                row && (
                  <div
                    key={key}
                    ref={slots.measureElement}
                    data-index={index}
                    data-card={row.id}
                    className={styles.slot}
                    style={{ top: start }}
                  >
                    <BoardCard
                      row={row}
                      lane={lane}
                      lanes={lanes}
                      field={field}
                      view={view}
                      fields={fields}
                      onMove={onMove}
                    />
                  </div>
                )
              );
            })}
          </div>
        )}
        {hasNextPage && (
          <Button small kind="quiet" wide busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {left > 0 ? t("process:board.more", { count: Math.min(left, PAGE) }) : t("common:actions.loadMore")}
          </Button>
        )}
      </div>
    </section>
  );
}
