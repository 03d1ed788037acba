import { useTranslation } from "react-i18next";
import type { PublicFormDef } from "@/api/types/studio";
import { MomentPicker } from "@/fields/date/pickers";
import { Check, FieldFrame, NativeSelect, TextArea } from "@/ui/controls";
import { Panel } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { DescriptionField } from "../parts/DescriptionField";
import { LabelField } from "../parts/LabelField";
import { labelText } from "../parts/labels";
import { FieldsEditor, type FormProps } from "./FieldsEditor";
import { OriginEditor } from "./OriginEditor";
import { OwnerEditor } from "./OwnerEditor";
import styles from "./Public.module.css";
import { ValuesEditor } from "./ValuesEditor";

/** Everything that a public form says and does. */
export function FormEditor({ form, entity, onChange }: FormProps) {
  const { t, i18n } = useTranslation("entrances");
  const { definitions } = useDraft();
  return (
    <Panel>
      <div className={styles.form}>
        <LabelField
          label={t("public.name")}
          value={form.label}
          required
          onChange={(label) => onChange({ label: label ?? { zh: "" } })}
        />
        <FieldFrame label={t("public.entity")}>
          {(ids) => (
            <NativeSelect
              {...ids}
              value={form.entity}
              onChange={(event) => onChange({ entity: event.target.value, fields: [], values: {}, origin: {} })}
            >
              {(definitions.entities ?? [])
                .filter((each) => !each.parent)
                .map((each) => (
                  <option key={each.key} value={each.key}>
                    {labelText(each.label, i18n.language)}
                  </option>
                ))}
            </NativeSelect>
          )}
        </FieldFrame>
        <div className={styles.wide}>
          <h3>{t("public.fields")}</h3>
          <FieldsEditor form={form} entity={entity} onChange={onChange} />
        </div>
        <OwnerEditor form={form} onChange={onChange} />
        <LabelField label={t("public.intro")} value={form.intro} rows={2} onChange={(intro) => onChange({ intro })} />
        <LabelField
          label={t("public.thanks")}
          value={form.thanks}
          rows={2}
          onChange={(thanks) => onChange({ thanks })}
        />
        <LabelField label={t("public.consent")} value={form.consent} onChange={(consent) => onChange({ consent })} />
        <LabelField label={t("public.button")} value={form.button} onChange={(button) => onChange({ button })} />
        <div className={styles.wide}>
          <ValuesEditor form={form} entity={entity} onChange={onChange} />
        </div>
        <div className={styles.wide}>
          <OriginEditor form={form} entity={entity} onChange={onChange} />
        </div>
        <FieldFrame label={t("public.opens")}>
          {(ids) => (
            <MomentPicker
              ids={ids}
              value={form.opens}
              onChange={(at) => onChange({ opens: at ?? undefined } as Partial<PublicFormDef>)}
            />
          )}
        </FieldFrame>
        <FieldFrame label={t("public.closes")}>
          {(ids) => (
            <MomentPicker
              ids={ids}
              value={form.closes}
              onChange={(at) => onChange({ closes: at ?? undefined } as Partial<PublicFormDef>)}
            />
          )}
        </FieldFrame>
        <FieldFrame label={t("public.origins")} help={t("public.originsHint")}>
          {(ids) => (
            <TextArea
              {...ids}
              rows={2}
              value={(form.origins ?? []).join("\n")}
              onChange={(event) =>
                onChange({
                  origins: event.target.value
                    .split("\n")
                    .map((each) => each.trim())
                    .filter(Boolean),
                })
              }
            />
          )}
        </FieldFrame>
        <DescriptionField path={["public_forms", form.key]} item={form} />
        <Check checked={form.active !== false} onChange={(active) => onChange({ active })}>
          {t("public.active")}
        </Check>
      </div>
    </Panel>
  );
}
