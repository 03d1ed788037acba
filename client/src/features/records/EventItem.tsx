import { Cog } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Change, HistoryEvent } from "@/api/types";
import { useWhenText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDateTime } from "@/model/format";
import { Button } from "@/ui/Button";
import { Avatar, Tag } from "@/ui/surfaces";
import styles from "./Record.module.css";

const RECORD_KINDS = [
  "created",
  "updated",
  "moved",
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

function ChangeLine({ change, isNew }: { change: Change; isNew: boolean }) {
  const { t } = useTranslation("records");
  return (
    <div className={styles.change}>
      <b>{change.label}</b> {!isNew && change.before_text && <del>{change.before_text}</del>}
      {!isNew && change.before_text && " → "}
      <span>{change.after_text || t("history.blank")}</span>
    </div>
  );
}

/** One event: who did what, before and after, the trigger, the remark. */
export function EventItem({ event }: { event: HistoryEvent }) {
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
        {shown.length > 0 && (
          <div className={styles.changes}>
            {shown.map((change) => (
              <ChangeLine key={change.field} change={change} isNew={isNew} />
            ))}
            {changes.length > shown.length && (
              <Button kind="link" onClick={() => setAll(true)}>
                {t("history.more", { count: changes.length - shown.length })}
              </Button>
            )}
          </div>
        )}
        {event.action_label && (
          <p className={styles.quote}>
            {t("history.action")}：{event.action_label}
          </p>
        )}
        {event.remark && <p className={styles.quote}>{event.remark}</p>}
      </div>
    </li>
  );
}
