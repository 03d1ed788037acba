import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { useDraft } from "../../draft/useDraft";
import { ConditionField } from "../../parts/ConditionField";
import { conditionTargets } from "../../parts/conditions";
import { labelText } from "../../parts/labels";
import { useDesigner } from "../useDesigner";
import { choicesOf } from "./choices";
import { useField } from "./useField";

/** When a field is shown, when it must be filled in, and when single options may be chosen. */
export function ConditionsSection({ field }: { field: Field }) {
  const { t } = useTranslation(["forms", "common"]);
  const language = useLanguage();
  const { definitions } = useDraft();
  const { entity, typeOf, identityOf } = useDesigner();
  const { put, problem } = useField(field);
  const stage = t("common:system.stage");
  const targets = useMemo(
    () => conditionTargets(definitions, entity.key, language, stage).filter((each) => each.key !== field.key),
    [definitions, entity.key, language, stage, field.key],
  );
  const takes = typeOf(field.type)?.takes;
  const choices = takes?.choices ? choicesOf(definitions, field).filter((each) => !each.retired) : [];
  const condition = (key: "visible_if" | "required_if") => (
    <ConditionField
      key={`${identityOf(field)}/${key}`}
      entity={entity.key}
      label={t(`forms:conditions.${key}`)}
      none={t(`forms:conditions.${key}None`)}
      value={field[key]}
      problem={problem(key)}
      targets={targets}
      onChange={(formula) => put(key, formula)}
    />
  );
  return (
    <>
      {condition("visible_if")}
      {takes?.required && condition("required_if")}
      {choices.map((choice) => (
        <ConditionField
          key={`${identityOf(field)}/${choice.key}`}
          entity={entity.key}
          label={t("forms:conditions.option", { option: labelText(choice.label, language) })}
          none={t("forms:conditions.optionNone")}
          value={field.options_if?.[choice.key]}
          problem={problem("options_if", choice.key)}
          targets={targets}
          onChange={(formula) => {
            const { [choice.key]: _, ...rest } = field.options_if ?? {};
            const next = formula ? { ...rest, [choice.key]: formula } : rest;
            put("options_if", Object.keys(next).length > 0 ? next : null);
          }}
        />
      ))}
    </>
  );
}
