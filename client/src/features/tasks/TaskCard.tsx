import { Link } from "@tanstack/react-router";
import { Check, UserRoundCheck } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import type { Task } from "@/api/types";
import { useSpanText, useWhenText } from "@/fields/useTexts";
import { Button, buttonClass } from "@/ui/Button";
import { CompleteDialog } from "./CompleteDialog";
import styles from "./Tasks.module.css";

const ReassignDialog = lazy(() => import("./ReassignDialog").then((module) => ({ default: module.ReassignDialog })));

function Due({ task }: { task: Task }) {
  const { t } = useTranslation("tasks");
  const spanText = useSpanText();
  const whenText = useWhenText();
  if (!task.due_at) return <span>{t("noDue")}</span>;
  if (!task.overdue) return <span>{t("due", { when: whenText(task.due_at) })}</span>;
  return <span className={styles.late}>{t("overdue", { time: spanText(serverNow() - Date.parse(task.due_at)) })}</span>;
}

/** What is to be done: the customer's background, the goal and the next step. */
export function TaskCard({ task }: { task: Task }) {
  const { t } = useTranslation("tasks");
  const [dialog, setDialog] = useState<"done" | "reassign" | null>(null);
  const blocks = [
    { key: "background", title: t("background"), text: task.background },
    { key: "goal", title: t("goal"), text: task.goal },
    { key: "next", title: t("nextStep"), text: task.next_step },
  ].filter((block) => block.text);
  return (
    <article
      className={styles.task}
      data-late={task.overdue && task.state === "open"}
      data-done={task.state === "done"}
    >
      <div>
        <h3>{task.title}</h3>
        <div className={styles.meta}>
          {task.state === "open" && <Due task={task} />}
          {task.record && (
            <Link to="/e/$entity/$id" params={{ entity: task.record.entity, id: task.record.id }}>
              {task.record.title}
            </Link>
          )}
        </div>
      </div>
      {task.state === "open" && task.kind === "approval" && (
        <div className={styles.buttons}>
          <Link to="/approvals" className={buttonClass("primary", true)}>
            {t("approve")}
          </Link>
        </div>
      )}
      {task.state === "open" && task.kind !== "approval" && (
        <div className={styles.buttons}>
          <Button small icon={<UserRoundCheck size={15} />} onClick={() => setDialog("reassign")}>
            {t("reassign")}
          </Button>
          <Button small kind="primary" icon={<Check size={15} />} onClick={() => setDialog("done")}>
            {t("complete")}
          </Button>
        </div>
      )}
      {blocks.length > 0 && (
        <div className={styles.blocks}>
          {blocks.map((block) => (
            <section key={block.key} className={styles.block}>
              <h4>{block.title}</h4>
              <p>{block.text}</p>
            </section>
          ))}
        </div>
      )}
      {dialog === "done" && <CompleteDialog task={task} onClose={() => setDialog(null)} />}
      {dialog === "reassign" && (
        <Suspense fallback={null}>
          <ReassignDialog task={task} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </article>
  );
}
