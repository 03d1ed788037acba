import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Json } from "@/api/types";
import type { Entity } from "@/api/types/studio";
import { fieldEditors } from "@/fields/editors";
import { useLanguage } from "@/i18n/useLanguage";
import { IconButton } from "@/ui/Button";
import { FieldFrame, NativeSelect } from "@/ui/controls";
import { useDraft } from "../draft/useDraft";
import { fieldDefinition } from "../parts/fieldDefinition";
import { labelText } from "../parts/labels";
import type { FormProps } from "./FieldsEditor";
import styles from "./Public.module.css";

const NOT_HERE = new Set(
  "formula lookup rollup auto_number sub_table file image audio video signature many_to_many".split(" "),
);

type EntityField = Entity["fields"][number];

function FixedValue({
  field,
  value,
  onChange,
}: {
  field: EntityField;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const language = useLanguage();
  const { definitions } = useDraft();
  const shown = fieldDefinition(definitions, field, language);
  const { Edit } = fieldEditors[shown.type];
  return (
    <FieldFrame label={shown.label}>
      {(ids) => (
        <Edit field={shown} value={(value ?? null) as Json} display={undefined} onChange={onChange} ids={ids} />
      )}
    </FieldFrame>
  );
}

/** Values that every record of a public form gets, of any field that nobody fills in there. */
export function ValuesEditor({ form, entity, onChange }: FormProps) {
  const { t } = useTranslation("entrances");
  const language = useLanguage();
  const values = form.values ?? {};
  const fields = entity?.fields ?? [];
  const free = fields.filter(
    (each) => !NOT_HERE.has(each.type) && !(each.key in values) && !form.fields.some((shown) => shown.key === each.key),
  );
  const put = (next: Record<string, unknown>) => onChange({ values: next });
  return (
    <div className={styles.fields}>
      <h3>{t("public.values")}</h3>
      <p className={styles.quiet}>{t("public.valuesHint")}</p>
      {fields
        .filter((each) => each.key in values)
        .map((each) => (
          <div key={each.key} className={styles.field}>
            <FixedValue
              field={each}
              value={values[each.key]}
              onChange={(value) => put({ ...values, [each.key]: value })}
            />
            <IconButton
              small
              label={t("public.removeField", { label: labelText(each.label, language) })}
              onClick={() => put(Object.fromEntries(Object.entries(values).filter(([key]) => key !== each.key)))}
            >
              <X size={14} />
            </IconButton>
          </div>
        ))}
      <NativeSelect
        aria-label={t("public.addValue")}
        value=""
        onChange={(event) => event.target.value && put({ ...values, [event.target.value]: null })}
      >
        <option value="">+ {t("public.addValue")}</option>
        {free.map((each) => (
          <option key={each.key} value={each.key}>
            {labelText(each.label, language)}
          </option>
        ))}
      </NativeSelect>
    </div>
  );
}
