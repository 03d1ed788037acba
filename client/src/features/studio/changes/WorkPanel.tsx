import { useTranslation } from "react-i18next";
import { useCancelWork, useStudioWork } from "@/api/studio";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatNumber } from "@/model/format";
import { Button } from "@/ui/Button";
import { Notice, Panel, Tag } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../shell/values";
import styles from "./Changes.module.css";

/** Large tables that are being prepared for a publication, or put right after one. */
export function WorkPanel() {
  const { t } = useTranslation("studio");
  const work = useStudioWork();
  const cancel = useCancelWork();
  const errorText = useErrorText();
  const whenText = useWhenText();
  const language = useLanguage();
  const { definitions } = useDraft();
  const { pending, jobs } = work.data ?? { pending: null, jobs: [] };
  if (!pending && jobs.length === 0) return null;
  const nameOf = (entity: string, field: string | null) => {
    const found = definitions.entities?.find((each) => each.key === entity);
    const inside = found?.fields.find((each) => each.key === field);
    return [labelText(found?.label, language, entity), inside && labelText(inside.label, language)]
      .filter(Boolean)
      .join(" › ");
  };
  return (
    <Panel title={t("work.title")}>
      {pending && <p>{t("work.pending", { name: pending.author, when: whenText(pending.started_at) })}</p>}
      <ul className={styles.list}>
        {jobs.map((job) => (
          <li key={job.id} className={styles.step}>
            <span>
              {nameOf(job.entity, job.field)}
              {job.problem && <p className={styles.reason}>{job.problem}</p>}
            </span>
            <Tag colour={job.state === "failed" ? "red" : "blue"}>
              {t("work.rows", { rows: formatNumber(job.rows_done, language) })}
            </Tag>
          </li>
        ))}
      </ul>
      {cancel.isError && <Notice kind="danger">{errorText(cancel.error)}</Notice>}
      {pending && (
        <div className={styles.actions}>
          <Button busy={cancel.isPending} onClick={() => cancel.mutate()}>
            {t("work.cancel")}
          </Button>
        </div>
      )}
    </Panel>
  );
}
