import type { FieldDefinition, RecordRow } from "@/api/types";
import { fieldEditors } from "@/fields/editors";
import { fieldViews } from "@/fields/registry";
import { Shown } from "@/fields/Shown";
import { FieldFrame } from "@/ui/controls";
import styles from "./Form.module.css";
import type { RecordForm } from "./useRecordForm";

interface FormFieldsProps {
  form: RecordForm;
  record: RecordRow | null;
  /** Only these; every visible field where not given. */
  only?: string[];
}

function isFixed(field: FieldDefinition): boolean {
  return field.is_computed || field.access !== "write";
}

/** The controls of a form, each made by its field's type; what is wrong stands at the field. */
export function FormFields({ form, record, only }: FormFieldsProps) {
  const fields = form.fields.filter((field) => (only ? only.includes(field.key) : record !== null || !isFixed(field)));
  return (
    <div className={styles.form}>
      {fields.map((field) => {
        const { Edit } = fieldEditors[field.type];
        return (
          <FieldFrame
            key={field.key}
            label={field.label}
            required={form.isRequired(field) && !isFixed(field)}
            help={field.help}
            tips={form.tips(field)}
            error={form.problems.fields[field.key] ?? null}
            className={fieldViews[field.type].isWide ? styles.wide : undefined}
          >
            {(ids) =>
              isFixed(field) && record ? (
                <div id={ids.id} style={{ minHeight: "var(--control)", display: "flex", alignItems: "center" }}>
                  <Shown field={field} row={record} isFull />
                </div>
              ) : (
                <Edit
                  field={field}
                  value={form.values[field.key] ?? null}
                  display={record?.display[field.key]}
                  allowed={form.allowed(field)}
                  onChange={(value) => form.set(field.key, value)}
                  ids={ids}
                />
              )
            }
          </FieldFrame>
        );
      })}
    </div>
  );
}
