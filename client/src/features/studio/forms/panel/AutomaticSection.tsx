import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Check } from "@/ui/controls";
import { useDraft } from "../../draft/useDraft";
import { FormulaInput } from "../../parts/FormulaInput";
import { labelText } from "../../parts/labels";
import { SelectProperty } from "../../parts/PropertyPanel";
import styles from "../Forms.module.css";
import { useDesigner } from "../useDesigner";
import { choicesOf } from "./choices";
import { useField } from "./useField";

const FORMULA = "~formula";

/** Defaults that need no formula, by type. */
function usePresets(field: Field): { value: string; label: string }[] {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { definitions } = useDraft();
  if (field.type === "date") return [{ value: "TODAY()", label: t("automatic.today") }];
  if (field.type === "date_time") return [{ value: "NOW()", label: t("automatic.now") }];
  if (field.type === "user" && !field.options?.multiple) return [{ value: "ME()", label: t("automatic.me") }];
  if (field.type === "switch")
    return [
      { value: "TRUE", label: t("automatic.yes") },
      { value: "FALSE", label: t("automatic.no") },
    ];
  if (field.type !== "single_select") return [];
  return choicesOf(definitions, field)
    .filter((each) => !each.retired)
    .map((each) => ({ value: `"${each.key}"`, label: labelText(each.label, language) }));
}

/** The default of a new record, and values that set themselves on a change. */
export function AutomaticSection({ field }: { field: Field }) {
  const { t } = useTranslation("forms");
  const { entity } = useDesigner();
  const { put, putAll, problem } = useField(field);
  const presets = usePresets(field);
  const value = field.default ?? "";
  const isPreset = value === "" || presets.some((each) => each.value === value);
  const [asFormula, setAsFormula] = useState(presets.length === 0);
  const isSet = field.set_when !== undefined || field.set_to !== undefined;
  return (
    <>
      {presets.length > 0 && (
        <SelectProperty
          label={t("automatic.default")}
          value={asFormula || !isPreset ? FORMULA : value}
          empty={t("automatic.none")}
          problem={asFormula || !isPreset ? undefined : problem("default")}
          onChange={(next) => {
            setAsFormula(next === FORMULA);
            if (next !== FORMULA) put("default", next);
          }}
          options={[...presets, { value: FORMULA, label: t("automatic.formula") }]}
        />
      )}
      {(presets.length === 0 || asFormula || !isPreset) && (
        <FormulaInput
          entity={entity.key}
          field={field.key}
          label={presets.length > 0 ? t("automatic.formulaLabel") : t("automatic.default")}
          help={t("automatic.defaultHelp")}
          value={value}
          problem={problem("default")}
          onChange={(formula) => put("default", formula)}
        />
      )}
      <Check
        checked={isSet}
        onChange={(on) =>
          putAll(on ? { set_when: "TRUE", set_to: "BLANK()" } : { set_when: undefined, set_to: undefined })
        }
      >
        {t("automatic.set")}
      </Check>
      {isSet && (
        <div className={styles.item}>
          <FormulaInput
            entity={entity.key}
            label={t("automatic.when")}
            help={t("automatic.whenHelp")}
            expects="bool"
            changed
            value={field.set_when ?? ""}
            problem={problem("set_when")}
            onChange={(formula) => put("set_when", formula)}
          />
          <FormulaInput
            entity={entity.key}
            field={field.key}
            changed
            label={t("automatic.to")}
            value={field.set_to ?? ""}
            problem={problem("set_to")}
            onChange={(formula) => put("set_to", formula)}
          />
        </div>
      )}
    </>
  );
}
