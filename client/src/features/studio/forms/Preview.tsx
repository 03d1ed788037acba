import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TrialQuestion } from "@/api/forms";
import { useTrial } from "@/api/forms";
import type { Json, Values } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { sortProblems } from "@/model/problems";
import { forWriting } from "@/model/values";
import { listed } from "@/model/words";
import { Button } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { useSettled } from "@/ui/hooks";
import { Notice } from "@/ui/surfaces";
import { FormFields, type FormModel } from "@/views/form/FormFields";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../parts/labels";
import type { Width } from "./Designer";
import { seenEntity } from "./draftCatalogue";
import styles from "./Forms.module.css";
import { useDesigner } from "./useDesigner";

/** The question that the server is asked: the form as it is here, the choices that it uses, and what was typed. */
function useQuestion(values: Values, stage: string): string {
  const { entity } = useDesigner();
  const { definitions } = useDraft();
  return useMemo(() => {
    const named = new Set(entity.fields.map((field) => field.options?.set));
    const sets = (definitions.option_sets ?? []).filter((each) => named.has(each.key));
    const typed = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, forWriting(value)])) as Values;
    const question: TrialQuestion = { entity, option_sets: sets, values: typed, ...(stage ? { stage } : {}) };
    return JSON.stringify(question);
  }, [entity, definitions, values, stage]);
}

/** The form to be filled in for a try: conditions, defaults and rules work, nothing is kept. */
export function Preview({ width }: { width: Width }) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const errorText = useErrorText();
  const { entity } = useDesigner();
  const { definitions } = useDraft();
  const [values, setValues] = useState<Values>({});
  const [stage, setStage] = useState("");
  const [isChecked, setChecked] = useState(false);
  const process = definitions.processes?.find((each) => each.entity === entity.key);
  const seen = useMemo(() => {
    const found = seenEntity(entity, language);
    return { ...found, fields: found.fields.filter((field) => !field.hidden) };
  }, [entity, language]);
  const trial = useTrial(useSettled(useQuestion(values, stage), 250));
  const { data } = trial;
  const fields = seen.fields.filter((field) => data?.visible[field.key] ?? !field.visible_if);
  const keys = new Set(fields.map((field) => field.key));
  const found = isChecked && data ? sortProblems(data.problems, keys) : { fields: {}, rest: [] };
  const form: FormModel = {
    entity: seen,
    values: { ...data?.values, ...values },
    set: (key: string, value: Json) => setValues((all) => ({ ...all, [key]: value })),
    fields,
    isRequired: (field) => field.required || data?.required[field.key] === true,
    allowed: (field) => data?.options[field.key],
    tips: (field) => data?.tips[field.key],
    display: (key) => (key in values ? undefined : data?.display[key]),
    problems: found,
  };
  const later = (data?.later ?? []).map((key) => seen.fields.find((field) => field.key === key)?.label ?? key);
  const isFine = isChecked && data && data.problems.length === 0;
  return (
    <div className={styles.canvas}>
      <section className={styles.paper} data-width={width} aria-label={t("try.label")}>
        <div className={styles.tryHead}>
          <h2>{t("canvas.newRecord", { form: seen.label })}</h2>
          {process && (
            <NativeSelect aria-label={t("try.stage")} value={stage} onChange={(event) => setStage(event.target.value)}>
              <option value="">{t("try.firstStage")}</option>
              {process.stages.map((each) => (
                <option key={each.key} value={each.key}>
                  {t("try.inStage", { stage: labelText(each.label, language) })}
                </option>
              ))}
            </NativeSelect>
          )}
        </div>
        {trial.isError && <Notice kind="danger">{errorText(trial.error)}</Notice>}
        {later.length > 0 && <Notice kind="info">{t("try.later", { fields: listed(later, language) })}</Notice>}
        <FormFields form={form} record={null} />
        {found.rest.map((text) => (
          <Notice key={text} kind="danger">
            {text}
          </Notice>
        ))}
        <div className={styles.tryFoot}>
          <span role="status">{isFine && t("try.fine")}</span>
          <Button
            onClick={() => {
              setValues({});
              setChecked(false);
            }}
          >
            {t("try.again")}
          </Button>
          <Button kind="primary" onClick={() => setChecked(true)}>
            {t("try.check")}
          </Button>
        </div>
      </section>
      <p className={styles.keys}>{t("try.note")}</p>
    </div>
  );
}
