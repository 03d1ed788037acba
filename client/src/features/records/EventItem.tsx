import { Cog, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecordChanges } from "@/api/records";
import type { Change, HistoryEvent, RecordRow } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDateTime } from "@/model/format";
import { fieldValue, forWriting, sameValue } from "@/model/values";
import { Button, IconButton } from "@/ui/Button";
import { Avatar, Tag } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { Confirm } from "@/views/dialogs/Confirm";
import styles from "./Record.module.css";

const RECORD_KINDS = [
  "created",
  "updated",
  "moved",
  "process_changed",
  "deleted",
  "restored",
  "merged",
  "shared",
  "unshared",
  "purged",
  "escalated",
  "window_missed",
] as const;
const TASK_KINDS = ["created", "done", "reassigned", "cancelled"] as const;
const CAUSES = ["import", "rule", "timer", "effect", "api", "system"] as const;
const FEW = 5;

function useKindText() {
  const { t } = useTranslation("records");
  return (event: HistoryEvent) => {
    if (event.kind === "evidence.added") return t("history.evidence");
    const task = TASK_KINDS.find((each) => event.kind === `task.${each}`);
    if (task) return t(`history.tasks.${task}`);
    const kind = RECORD_KINDS.find((each) => event.kind === `record.${each}`);
    return kind ? t(`history.${kind}`) : t("history.other", { kind: event.kind });
  };
}

/** Fields whose earlier values are no input: rows have histories of their own. */
const NO_WAY_BACK = new Set(["sub_table"]);

/** Gives a field the value that it had before a change: an edit like any other. */
function RestoreValue({ change, record }: { change: Change; record: RecordRow }) {
  const { t } = useTranslation("records");
  const errorText = useErrorText();
  const [asking, setAsking] = useState(false);
  const { update } = useRecordChanges(record.entity);
  const value = change.before_text || t("history.blank");
  const run = () =>
    update.mutate(
      { id: record.id, version: record.version, values: { [change.field]: forWriting(change.before) } },
      {
        onSuccess: () => toast.done(t("history.restoreDone", { field: change.label })),
        onError: (error) => toast.error(errorText(error)),
        onSettled: () => setAsking(false),
      },
    );
  return (
    <>
      <IconButton
        small
        className={styles.restore}
        label={t("history.restore", { field: change.label, value })}
        onClick={() => setAsking(true)}
      >
        <Undo2 size={13} />
      </IconButton>
      {asking && (
        <Confirm
          isPlain
          title={t("history.restoreSure", { field: change.label })}
          text={t("history.restoreText", { field: change.label, value })}
          confirm={t("history.restoreDo")}
          busy={update.isPending}
          onConfirm={run}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function ChangeLine({ change, isNew, record }: { change: Change; isNew: boolean; record: RecordRow }) {
  const { t } = useTranslation("records");
  const field = useCatalogue()
    .entity(record.entity)
    ?.fields.find((each) => each.key === change.field);
  const canRestore =
    !isNew &&
    record.can?.update &&
    !record.deleted_at &&
    field?.access === "write" &&
    !field.is_computed &&
    !NO_WAY_BACK.has(field.type) &&
    !sameValue(fieldValue(record, change.field), change.before);
  return (
    <div className={styles.change}>
      <b>{change.label}</b> {!isNew && change.before_text && <del>{change.before_text}</del>}
      {!isNew && change.before_text && " → "}
      <span>{change.after_text || t("history.blank")}</span>
      {canRestore && <RestoreValue change={change} record={record} />}
    </div>
  );
}

/** One event: who did what, before and after, the trigger, the remark. */
export function EventItem({ event, record }: { event: HistoryEvent; record: RecordRow }) {
  const { t } = useTranslation("records");
  const language = useLanguage();
  const whenText = useWhenText();
  const kindText = useKindText();
  const [all, setAll] = useState(false);
  const cause = CAUSES.find((each) => each === event.cause);
  const name = event.actor?.name ?? t("history.system");
  const isNew = event.kind === "record.created";
  const changes = isNew ? event.changes.filter((change) => change.after_text) : event.changes;
  const shown = all ? changes : changes.slice(0, FEW);
  return (
    <li className={styles.event}>
      {event.actor ? <Avatar name={name} size={26} /> : <Cog size={20} aria-hidden="true" color="var(--ink-faint)" />}
      <div>
        <div className={styles.eventHead}>
          <strong>{name}</strong>
          <span>{kindText(event)}</span>
          {cause && <Tag>{t(`history.causes.${cause}`)}</Tag>}
          <time dateTime={event.at} title={formatDateTime(event.at, language)}>
            {whenText(event.at)}
          </time>
        </div>
        {event.subject && <p className={styles.quote}>{event.subject}</p>}
        {shown.length > 0 && (
          <div className={styles.changes}>
            {shown.map((change) => (
              <ChangeLine key={change.field} change={change} isNew={isNew} record={record} />
            ))}
            {changes.length > shown.length && (
              <Button kind="link" onClick={() => setAll(true)}>
                {t("history.more", { count: changes.length - shown.length })}
              </Button>
            )}
          </div>
        )}
        {event.action_label && <p className={styles.quote}>{t("history.action", { action: event.action_label })}</p>}
        {event.remark && <p className={styles.quote}>{event.remark}</p>}
      </div>
    </li>
  );
}
