import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useImportSteps } from "@/api/imports";
import type { ImportJob } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatNumber } from "@/model/format";
import { Button } from "@/ui/Button";
import { Notice, Panel, Progress } from "@/ui/surfaces";
import { Figures } from "./Figures";
import styles from "./Imports.module.css";
import { ProblemList } from "./ProblemList";
import { SuggestionList } from "./SuggestionList";

/** The dry run: how many rows are good, how many are not, and why. */
export function CheckStep({ job, onBack }: { job: ImportJob; onBack: () => void }) {
  const { t } = useTranslation("imports");
  const language = useLanguage();
  const errorText = useErrorText();
  const { check, run } = useImportSteps();
  const { mutate, isIdle } = check;
  const waits = job.state === "mapped";
  useEffect(() => {
    if (waits && isIdle) mutate(job.id);
  }, [waits, isIdle, mutate, job.id]);
  const isDone = job.state === "checked";
  const error = check.error ?? run.error;
  return (
    <Panel>
      <div className={styles.stack}>
        {error && <Notice kind="danger">{errorText(error)}</Notice>}
        {!isDone && (
          <>
            <p role="status">{t("check.running")}</p>
            <Progress label={t("steps.check")} value={job.total > 0 ? job.done / job.total : 0} />
          </>
        )}
        {isDone && (
          <>
            <Figures
              figures={[
                { label: t("check.total"), value: job.total },
                { label: t("check.good"), value: job.good, kind: "good" },
                ...(job.child_rows
                  ? [
                      { label: t("check.records"), value: job.created + job.updated + (job.unchanged ?? 0) },
                      { label: t("check.childRows"), value: job.child_rows },
                    ]
                  : []),
                { label: t("check.bad"), value: job.bad, kind: job.bad > 0 ? "bad" : undefined },
              ]}
            />
            <Notice kind={job.bad > 0 ? "warning" : "success"}>
              {t(job.bad > 0 ? "check.skipBad" : "check.allGood")}
            </Notice>
            <SuggestionList job={job} />
            <ProblemList job={job} />
          </>
        )}
        <div style={{ display: "flex", justifyContent: "flex-end", gap: 8 }}>
          <Button onClick={onBack}>{t("check.back")}</Button>
          <Button
            kind="primary"
            disabled={!isDone || job.good === 0}
            busy={run.isPending}
            onClick={() => run.mutate(job.id)}
          >
            {t("check.run", { count: job.good, replace: { count: formatNumber(job.good, language) } })}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
