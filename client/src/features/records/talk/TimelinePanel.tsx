import { MessageSquareText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommentChanges, useComments } from "@/api/comments";
import { useHistory } from "@/api/records";
import type { HistoryEvent, RecordComment, RecordRow } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Segments } from "@/ui/controls";
import { EmptyState, Panel, SkeletonLines } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { EventItem } from "../EventItem";
import records from "../Record.module.css";
import { CommentItem } from "./CommentItem";
import { Composer } from "./Composer";
import styles from "./Talk.module.css";

type Filter = "all" | "comments" | "changes";
const FILTERS: Filter[] = ["all", "comments", "changes"];

type Item = { at: string; comment: RecordComment } | { at: string; event: HistoryEvent };

/** Comments and events in one order, as far back as both lists are loaded. */
function useTimeline(record: RecordRow, filter: Filter) {
  const comments = useComments(record.entity, record.id);
  const history = useHistory(record.entity, record.id);
  const said = filter === "changes" ? [] : (comments.data?.pages.flatMap((page) => page.comments) ?? []);
  const happened = filter === "comments" ? [] : (history.data?.pages.flatMap((page) => page.events) ?? []);
  const all: Item[] = [
    ...said.map((comment) => ({ at: comment.at, comment })),
    ...happened.map((event) => ({ at: event.at, event })),
  ].sort((one, other) => other.at.localeCompare(one.at));
  const limits = [
    ...(filter !== "changes" && comments.hasNextPage ? [{ at: said.at(-1)?.at ?? "", list: comments }] : []),
    ...(filter !== "comments" && history.hasNextPage ? [{ at: happened.at(-1)?.at ?? "", list: history }] : []),
  ].sort((one, other) => other.at.localeCompare(one.at));
  const limit = limits[0];
  return {
    items: limit ? all.filter((item) => item.at >= limit.at) : all,
    isPending: comments.isPending || history.isPending,
    error: comments.error ?? history.error,
    next: limit?.list ?? null,
  };
}

/** What people say and what happened, newest first, with a place to say something. */
export function TimelinePanel({ record }: { record: RecordRow }) {
  const { t } = useTranslation("comments");
  const errorText = useErrorText();
  const [filter, setFilter] = useState<Filter>("all");
  const { items, isPending, error, next } = useTimeline(record, filter);
  const { add } = useCommentChanges(record.entity, record.id);
  return (
    <Panel title={t("title")}>
      {!record.deleted_at && (
        <Composer
          record={record}
          isBusy={add.isPending}
          onSend={(draft, done) =>
            add.mutate(draft, { onSuccess: done, onError: (failure) => toast.error(errorText(failure)) })
          }
        />
      )}
      <div className={styles.filters}>
        <Segments
          label={t("filters.label")}
          value={filter}
          options={FILTERS.map((value) => ({ value, label: t(`filters.${value}`) }))}
          onChange={setFilter}
        />
      </div>
      {isPending && <SkeletonLines lines={6} />}
      {error && <EmptyState title={errorText(error)} />}
      {!isPending && !error && items.length === 0 && (
        <EmptyState icon={<MessageSquareText size={32} />} title={t("empty")} text={t("emptyText")} />
      )}
      <ol className={records.timeline}>
        {items.map((item) =>
          "comment" in item ? (
            <CommentItem key={item.comment.id} record={record} comment={item.comment} />
          ) : (
            <EventItem key={item.event.id} event={item.event} record={record} />
          ),
        )}
      </ol>
      {next && (
        <Button kind="quiet" wide busy={next.isFetchingNextPage} onClick={() => void next.fetchNextPage()}>
          {t("newest")}
        </Button>
      )}
    </Panel>
  );
}
