import { Link } from "@tanstack/react-router";
import { CheckCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { useTasks } from "@/api/tasks";
import type { Task } from "@/api/types";
import { useSpanText, useWhenText } from "@/fields/useTexts";
import { EmptyState, Panel, SkeletonLines } from "@/ui/surfaces";
import { Failed } from "./Failed";
import styles from "./Page.module.css";
import type { BlockProps } from "./PageView";

function TaskLine({ task }: { task: Task }) {
  const { t } = useTranslation("home");
  const spanText = useSpanText();
  const whenText = useWhenText();
  const due = task.due_at;
  return (
    <Link to="/tasks" className={styles.task}>
      <strong>{task.title}</strong>
      {due && (
        <small className={task.overdue ? styles.late : undefined}>
          {task.overdue ? `${t("overdue")} ${spanText(serverNow() - Date.parse(due))}` : whenText(due)}
        </small>
      )}
      {task.record && <small>{task.record.title}</small>}
    </Link>
  );
}

/** What the member has to do, the most urgent first. */
export function TasksBlock({ block }: BlockProps) {
  const { t } = useTranslation(["home", "common"]);
  const tasks = useTasks("open");
  const list = tasks.data?.pages[0]?.tasks ?? [];
  return (
    <Panel
      flush
      title={block.title || t("home:tasks")}
      actions={
        <Link to="/tasks" className={styles.more}>
          {t("common:actions.showAll")}
        </Link>
      }
    >
      {tasks.isPending && (
        <div style={{ padding: 16 }}>
          <SkeletonLines lines={6} />
        </div>
      )}
      {tasks.isError && <Failed query={tasks} />}
      {tasks.data && list.length === 0 && (
        <EmptyState icon={<CheckCheck size={36} />} title={t("home:tasksEmpty")} text={t("home:tasksEmptyText")} />
      )}
      {list.slice(0, block.limit).map((task) => (
        <TaskLine key={task.id} task={task} />
      ))}
    </Panel>
  );
}
