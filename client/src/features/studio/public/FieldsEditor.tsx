import { ArrowDown, ArrowUp, Pencil, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, PublicFieldDef, PublicFormDef } from "@/api/types/studio";
import { IconButton } from "@/ui/Button";
import { Check, NativeSelect } from "@/ui/controls";
import { LabelField } from "../parts/LabelField";
import { labelText } from "../parts/labels";
import styles from "./Public.module.css";

/** Types that somebody without an account can fill in. */
export const PUBLIC_TYPES = new Set(
  "text long_text integer decimal money percent date date_time switch single_select multi_select checklist keyword_list email phone url region rating file image".split(
    " ",
  ),
);

export interface FormProps {
  form: PublicFormDef;
  entity: Entity | undefined;
  onChange: (change: Partial<PublicFormDef>) => void;
}

/** Which fields a public form shows, in which order, and which of them it asks for. */
export function FieldsEditor({ form, entity, onChange }: FormProps) {
  const { t, i18n } = useTranslation("entrances");
  const [open, setOpen] = useState<string | null>(null);
  const labelOf = (key: string) =>
    labelText(entity?.fields.find((each) => each.key === key)?.label ?? key, i18n.language);
  const put = (fields: PublicFieldDef[]) => onChange({ fields });
  const change = (key: string, part: { [K in keyof PublicFieldDef]?: PublicFieldDef[K] | undefined }) =>
    put(
      form.fields.map((each) => {
        if (each.key !== key) return each;
        const kept = Object.entries({ ...each, ...part }).filter(([, value]) => value !== undefined);
        return Object.fromEntries(kept) as unknown as PublicFieldDef;
      }),
    );
  const move = (at: number, by: number) => {
    const fields = [...form.fields];
    const [taken] = fields.splice(at, 1);
    if (taken) fields.splice(at + by, 0, taken);
    put(fields);
  };
  const free = (entity?.fields ?? []).filter(
    (each) =>
      PUBLIC_TYPES.has(each.type) &&
      !form.fields.some((shown) => shown.key === each.key) &&
      !(each.key in (form.values ?? {})),
  );
  return (
    <div className={styles.fields}>
      {form.fields.map((field, at) => {
        const own = entity?.fields.find((each) => each.key === field.key);
        return (
          <div key={field.key} className={styles.field}>
            <span>{labelOf(field.key)}</span>
            <Check
              checked={field.required === true || own?.required === true}
              disabled={own?.required === true}
              onChange={(required) => change(field.key, { required: required || undefined })}
            >
              {t("public.required")}
            </Check>
            <IconButton
              small
              aria-expanded={open === field.key}
              label={t("public.texts", { label: labelOf(field.key) })}
              onClick={() => setOpen(open === field.key ? null : field.key)}
            >
              <Pencil size={14} />
            </IconButton>
            <IconButton
              small
              disabled={at === 0}
              label={`${t("public.up")} ${labelOf(field.key)}`}
              onClick={() => move(at, -1)}
            >
              <ArrowUp size={14} />
            </IconButton>
            <IconButton
              small
              disabled={at === form.fields.length - 1}
              label={`${t("public.down")} ${labelOf(field.key)}`}
              onClick={() => move(at, 1)}
            >
              <ArrowDown size={14} />
            </IconButton>
            <IconButton
              small
              label={t("public.removeField", { label: labelOf(field.key) })}
              onClick={() => put(form.fields.filter((each) => each.key !== field.key))}
            >
              <X size={14} />
            </IconButton>
            {open === field.key && (
              <div className={styles.texts}>
                <LabelField
                  label={t("public.fieldLabel")}
                  help={t("public.fieldLabelHelp", { label: labelOf(field.key) })}
                  value={field.label}
                  onChange={(label) => change(field.key, { label })}
                />
                <LabelField
                  label={t("public.fieldHelp")}
                  value={field.help}
                  onChange={(help) => change(field.key, { help })}
                />
              </div>
            )}
          </div>
        );
      })}
      <NativeSelect
        aria-label={t("public.addField")}
        value=""
        onChange={(event) => event.target.value && put([...form.fields, { key: event.target.value }])}
      >
        <option value="">+ {t("public.addField")}</option>
        {free.map((each) => (
          <option key={each.key} value={each.key}>
            {labelText(each.label, i18n.language)}
          </option>
        ))}
      </NativeSelect>
    </div>
  );
}
