import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useImportSteps } from "@/api/imports";
import type { ImportJob } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatNumber } from "@/model/format";
import { manyOf } from "@/model/plural";
import { Button, buttonClass } from "@/ui/Button";
import { Notice, Panel, Progress } from "@/ui/surfaces";
import { Confirm } from "@/views/dialogs/Confirm";
import { Figures } from "./Figures";
import styles from "./Imports.module.css";
import { ProblemList } from "./ProblemList";

function Running({ job }: { job: ImportJob }) {
  const { t } = useTranslation("imports");
  const language = useLanguage();
  return (
    <Panel>
      <div className={styles.stack}>
        <p role="status">{t("run.running")}</p>
        <Progress label={t("steps.run")} value={job.total > 0 ? job.done / job.total : 0} />
        <p style={{ color: "var(--ink-mute)" }}>
          {t("run.progress", { done: formatNumber(job.done, language), total: formatNumber(job.total, language) })}
        </p>
      </div>
    </Panel>
  );
}

/** The import while it runs and when it is over; it can be taken back as a whole. */
export function ResultStep({ job }: { job: ImportJob }) {
  const { t } = useTranslation(["imports", "common"]);
  const errorText = useErrorText();
  const catalogue = useCatalogue();
  const language = useLanguage();
  const { run, undo } = useImportSteps();
  const [asking, setAsking] = useState(false);
  if (job.state === "running") return <Running job={job} />;
  const canUndo = job.state !== "undone" && job.state !== "undoing" && (job.can_undo ?? job.created + job.updated > 0);
  const error = run.error ?? undo.error;
  return (
    <Panel>
      <div className={styles.stack}>
        {error && <Notice kind="danger">{errorText(error)}</Notice>}
        {job.state === "done" && <Notice kind="success">{t("imports:result.done")}</Notice>}
        {job.state === "undoing" && (
          <Notice kind="info">
            <span role="status">{t("imports:result.undoing")}</span>
          </Notice>
        )}
        {job.state === "undone" && <Notice kind="info">{t("imports:result.undone")}</Notice>}
        {job.state === "failed" && (
          <Notice kind="danger">
            <strong>{t("imports:result.failed")}</strong>
            <p>{job.failure ?? t("imports:result.failedText")}</p>
          </Notice>
        )}
        <Figures
          figures={[
            { label: t("imports:columns.rows"), value: job.total },
            { label: t("imports:columns.created"), value: job.created, kind: "good" },
            { label: t("imports:columns.updated"), value: job.updated, kind: "good" },
            ...(job.child_rows ? [{ label: t("imports:check.childRows"), value: job.child_rows }] : []),
            { label: t("imports:columns.bad"), value: job.bad, kind: job.bad > 0 ? "bad" : undefined },
          ]}
        />
        <ProblemList job={job} />
        <div style={{ display: "flex", flexWrap: "wrap", justifyContent: "flex-end", gap: 8 }}>
          {canUndo && (
            <Button kind="quiet" onClick={() => setAsking(true)}>
              {t("imports:result.undo")}
            </Button>
          )}
          <Link to="/imports" search={{ entity: job.entity }} className={buttonClass("plain")}>
            {t("imports:result.again")}
          </Link>
          {job.state === "failed" && (
            <Button busy={run.isPending} onClick={() => run.mutate(job.id)}>
              {t("imports:result.rerun")}
            </Button>
          )}
          <Link
            to="/e/$entity"
            params={{ entity: job.entity }}
            search={{ sort: [{ field: "created_at", descending: true }] }}
            className={buttonClass("primary")}
          >
            {t("imports:result.open", { entity: manyOf(catalogue.entityLabel(job.entity), language) })}
          </Link>
        </div>
      </div>
      {asking && (
        <Confirm
          title={t("imports:result.undoSure")}
          text={t("imports:result.undoText", { created: job.created, updated: job.updated })}
          confirm={t("imports:result.undo")}
          busy={undo.isPending}
          onClose={() => setAsking(false)}
          onConfirm={() => undo.mutate(job.id, { onSettled: () => setAsking(false) })}
        />
      )}
    </Panel>
  );
}
