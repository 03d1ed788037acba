import { Link } from "@tanstack/react-router";
import { Snowflake } from "lucide-react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { useMe } from "@/api/session";
import { useRecordTasks } from "@/api/tasks";
import type { Moves, RecordRow, Task } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useSpanText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDateTime } from "@/model/format";
import { listed } from "@/model/words";
import { Button, buttonClass } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { useTicking } from "@/ui/hooks";
import styles from "./Process.module.css";

interface FrozenProps {
  record: RecordRow;
  until: string;
  freeze: Moves["freeze"];
  onClose: () => void;
}

/** The tasks that the move into the stage made: what the freeze is there to wait for. */
function awaited(tasks: Task[] | undefined, record: RecordRow): Task[] {
  const since = Date.parse(record.stage_since ?? "");
  return (tasks ?? []).filter(
    (task) => task.state === "open" && task.kind === "todo" && Date.parse(task.created_at) === since,
  );
}

/** Says of a frozen record until when, why, what is waited for and what can be done meanwhile. */
export function FrozenDialog({ record, until, freeze, onClose }: FrozenProps) {
  const { t } = useTranslation(["process", "common"]);
  const language = useLanguage();
  const spanText = useSpanText();
  const catalogue = useCatalogue();
  const me = useMe();
  const tasks = awaited(useRecordTasks(record.entity, record.id, true).data, record);
  useTicking(1000);
  const open = (freeze?.fields ?? []).flatMap((key) => catalogue.field(record.entity, key)?.label ?? []);
  const isMine = tasks.some((task) => task.assignee?.id === me.id);
  const waiting = (task: Task) => {
    const due = task.due_at ? formatDateTime(task.due_at, language) : null;
    const name = task.assignee?.id === me.id ? t("process:frozen.you") : (task.assignee?.name ?? "");
    return due
      ? t("process:frozen.taskDue", { title: task.title, name, due })
      : t("process:frozen.task", { title: task.title, name });
  };
  const lines = [
    { key: "why", text: freeze?.reason },
    { key: "waits", text: tasks.map(waiting).join(language === "zh" ? "；" : "; ") },
    { key: "open", text: listed(open, language) },
  ].flatMap(({ key, text }) => (text ? { key, text } : []));
  return (
    <Dialog
      title={t("process:frozen.title")}
      width={460}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <>
          <Button kind={isMine ? "plain" : "primary"} onClick={onClose}>
            {t("process:frozen.understood")}
          </Button>
          {isMine && (
            <Link to="/tasks" className={buttonClass("primary")} onClick={onClose}>
              {t("process:frozen.openTask")}
            </Link>
          )}
        </>
      }
    >
      <p className={styles.frozenUntil}>
        <Snowflake size={18} aria-hidden="true" />
        <span>
          {t("process:frozen.until", {
            title: record.title,
            when: formatDateTime(until, language),
            time: spanText(Math.max(0, Date.parse(until) - serverNow())),
          })}
        </span>
      </p>
      {lines.length > 0 && (
        <dl className={styles.frozenFacts}>
          {lines.map(({ key, text }) => (
            <div key={key}>
              <dt>{t(`process:frozen.${key as "why" | "waits" | "open"}`)}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </Dialog>
  );
}
