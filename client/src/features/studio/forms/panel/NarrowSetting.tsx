import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { useDraft } from "../../draft/useDraft";
import { labelText } from "../../parts/labels";
import { SelectProperty } from "../../parts/PropertyPanel";
import { entityOf } from "../fieldOps";
import { useDesigner } from "../useDesigner";
import { pairsOf } from "./narrowing";
import type { SettingProps } from "./Settings";

const write = (field: string, by: string) => `${field} ${by}`;

/** Which records a relation takes, as one choice: those whose field holds the same as a field of this form. */
export function NarrowSetting({ setting, field, value, onChange, problem }: SettingProps) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { definitions } = useDraft();
  const { entity } = useDesigner();
  const target = entityOf(definitions, String(field.options?.target ?? ""));
  const pairs = pairsOf(definitions, entity, field);
  const narrow = value as { field: string; by: string } | undefined;
  if (pairs.length === 0 && !narrow) return null;
  const name = (label: typeof field.label) => labelText(label, language);
  return (
    <SelectProperty
      label={setting.label}
      help={setting.help ?? undefined}
      problem={problem}
      value={narrow ? write(narrow.field, narrow.by) : ""}
      empty={t("settings.anyRecord")}
      options={pairs.map(({ own, by }) => ({
        value: write(own.key, by.key),
        label: t("settings.sameAs", { target: name(target?.label ?? ""), by: name(by.label), own: name(own.label) }),
      }))}
      onChange={(next) => {
        const pair = pairs.find((each) => write(each.own.key, each.by.key) === next);
        onChange(pair ? { field: pair.own.key, by: pair.by.key } : undefined);
      }}
    />
  );
}
