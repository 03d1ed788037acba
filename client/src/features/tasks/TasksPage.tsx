import { CheckCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { useTasks } from "@/api/tasks";
import type { Task } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { dayOf } from "@/model/format";
import { Button } from "@/ui/Button";
import { Segments } from "@/ui/controls";
import { Count, EmptyState, Page, PageHeader, SkeletonLines } from "@/ui/surfaces";
import { TaskCard } from "./TaskCard";
import styles from "./Tasks.module.css";

const GROUPS = ["overdue", "today", "later", "undated"] as const;
type Group = (typeof GROUPS)[number];

export function groupOf(task: Task, now: number): Group {
  if (task.overdue) return "overdue";
  if (!task.due_at) return "undated";
  return dayOf(task.due_at) <= dayOf(now) ? "today" : "later";
}

function OpenTasks({ tasks }: { tasks: Task[] }) {
  const { t } = useTranslation("tasks");
  const now = serverNow();
  return GROUPS.map((group) => {
    const inside = tasks.filter((task) => groupOf(task, now) === group);
    if (inside.length === 0) return null;
    return (
      <section key={group} className={styles.list}>
        <h2 className={styles.heading}>
          {t(`groups.${group}`)} <Count quiet value={inside.length} />
        </h2>
        {inside.map((task) => (
          <TaskCard key={task.id} task={task} />
        ))}
      </section>
    );
  });
}

export function TasksPage() {
  const { t } = useTranslation(["tasks", "common"]);
  const errorText = useErrorText();
  const [state, setState] = useState<Task["state"]>("open");
  const query = useTasks(state);
  const tasks = query.data?.pages.flatMap((page) => page.tasks) ?? [];
  return (
    <Page>
      <PageHeader
        title={t("tasks:title")}
        actions={
          <Segments
            label={t("tasks:title")}
            value={state}
            options={[
              { value: "open", label: t("tasks:open") },
              { value: "done", label: t("tasks:done") },
            ]}
            onChange={setState}
          />
        }
      />
      {query.isPending && <SkeletonLines lines={8} />}
      {query.isError && (
        <EmptyState
          title={errorText(query.error)}
          actions={<Button onClick={() => void query.refetch()}>{t("common:actions.retry")}</Button>}
        />
      )}
      {query.data && tasks.length === 0 && (
        <EmptyState
          icon={<CheckCheck size={40} />}
          title={t(state === "open" ? "tasks:empty" : "tasks:emptyDone")}
          text={state === "open" ? t("tasks:emptyText") : undefined}
        />
      )}
      {state === "open" ? (
        <OpenTasks tasks={tasks} />
      ) : (
        <div className={styles.list}>
          {tasks.map((task) => (
            <TaskCard key={task.id} task={task} />
          ))}
        </div>
      )}
      {query.hasNextPage && (
        <Button wide kind="quiet" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("common:actions.loadMore")}
        </Button>
      )}
    </Page>
  );
}
