import { Link } from "@tanstack/react-router";
import { CheckCheck, History } from "lucide-react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { useMe } from "@/api/session";
import { useTasks } from "@/api/tasks";
import type { Task } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText, useSpanText, useWhenText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatLongDate, formatTime } from "@/model/format";
import { recentRecords } from "@/model/recent";
import { Button } from "@/ui/Button";
import { EmptyState, Page, PageHeader, Panel, SkeletonLines } from "@/ui/surfaces";
import styles from "./Home.module.css";
import { NumberCards } from "./NumberCards";

const SHOWN = 8;

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

function TodayTasks() {
  const { t } = useTranslation(["home", "common"]);
  const errorText = useErrorText();
  const tasks = useTasks("open");
  const list = tasks.data?.pages[0]?.tasks ?? [];
  return (
    <Panel
      flush
      title={t("home:tasks")}
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
      {tasks.isError && (
        <EmptyState
          title={errorText(tasks.error)}
          actions={<Button onClick={() => void tasks.refetch()}>{t("common:actions.retry")}</Button>}
        />
      )}
      {tasks.data && list.length === 0 && (
        <EmptyState icon={<CheckCheck size={36} />} title={t("home:tasksEmpty")} text={t("home:tasksEmptyText")} />
      )}
      {list.slice(0, SHOWN).map((task) => (
        <TaskLine key={task.id} task={task} />
      ))}
    </Panel>
  );
}

function Recent() {
  const { t } = useTranslation("home");
  const me = useMe();
  const catalogue = useCatalogue();
  const records = recentRecords(me.id).filter((record) => catalogue.hasPage(record.entity));
  return (
    <Panel flush title={t("recent")}>
      {records.length === 0 && <EmptyState icon={<History size={32} />} title={t("recentEmpty")} />}
      {records.slice(0, SHOWN).map((record) => (
        <Link
          key={record.id}
          to="/e/$entity/$id"
          params={{ entity: record.entity, id: record.id }}
          className={styles.recent}
        >
          <span>{record.title}</span>
          <small>{catalogue.entityLabel(record.entity)}</small>
        </Link>
      ))}
    </Panel>
  );
}

export function HomePage() {
  const { t } = useTranslation("home");
  const me = useMe();
  const language = useLanguage();
  const now = serverNow();
  const hour = Number(formatTime(new Date(now).toISOString(), language).slice(0, 2));
  const part = hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening";
  return (
    <Page>
      <PageHeader title={t(`greeting.${part}`, { name: me.name })} note={formatLongDate(now, language)} />
      <h2 className="visually-hidden">{t("numbers")}</h2>
      <NumberCards />
      <div className={styles.grid}>
        <TodayTasks />
        <Recent />
      </div>
    </Page>
  );
}
