import type { EntityDefinition, FieldDefinition, Json, RecordRow, Values } from "@/api/types";
import { fieldEditors } from "@/fields/editors";
import { Shown } from "@/fields/Shown";
import { FieldFrame } from "@/ui/controls";
import { arrange, inOneGroup } from "./arrange";
import styles from "./Form.module.css";
import { Sheet } from "./Sheet";

/** What the controls need to know of a form: what it holds, and what formulas make of it. */
export interface FormModel {
  entity: EntityDefinition;
  values: Values;
  set: (key: string, value: Json) => void;
  /** Those that are to be seen now. */
  fields: FieldDefinition[];
  isRequired: (field: FieldDefinition) => boolean;
  allowed: (field: FieldDefinition) => string[] | undefined;
  tips: (field: FieldDefinition) => string[] | undefined;
  /** What a value is called, where the form and not the record knows. */
  display: (key: string) => string | undefined;
  problems: { fields: Record<string, string> };
}

interface FormFieldsProps {
  form: FormModel;
  record: RecordRow | null;
  /** Only these, in one group; every visible field by the form's layout where not given. */
  only?: string[];
  /** A field whose tab and group are open at first. */
  focus?: string | null;
}

function isFixed(field: FieldDefinition): boolean {
  return field.is_computed || field.access !== "write";
}

function Control({ form, record, field }: { form: FormModel; record: RecordRow | null; field: FieldDefinition }) {
  const { Edit } = fieldEditors[field.type];
  return (
    <FieldFrame
      label={field.label}
      required={form.isRequired(field) && !isFixed(field)}
      help={field.help}
      tips={form.tips(field)}
      error={form.problems.fields[field.key] ?? null}
    >
      {(ids) =>
        isFixed(field) && record ? (
          <div id={ids.id} className={styles.fixed}>
            <Shown field={field} row={record} isFull />
          </div>
        ) : (
          <Edit
            field={field}
            value={form.values[field.key] ?? null}
            display={form.display(field.key) ?? record?.display[field.key]}
            allowed={form.allowed(field)}
            onChange={(value) => form.set(field.key, value)}
            ids={ids}
            around={{ entity: form.entity.key, values: { ...record?.values, ...form.values } }}
          />
        )
      }
    </FieldFrame>
  );
}

/** The controls of a form, each made by its field's type; what is wrong stands at the field. */
export function FormFields({ form, record, only, focus }: FormFieldsProps) {
  const fields = form.fields.filter((field) => (only ? only.includes(field.key) : record !== null || !isFixed(field)));
  const tabs = only ? inOneGroup(fields) : arrange(form.entity.layout, fields);
  return (
    <Sheet
      tabs={tabs}
      wrong={new Set(Object.keys(form.problems.fields))}
      focus={focus}
      grid={(group, content) => (
        <div className={styles.form} data-columns={group.columns}>
          {content}
        </div>
      )}
    >
      {({ field }, span) => (
        <div key={field.key} className={styles.place} data-span={span}>
          <Control form={form} record={record} field={field} />
        </div>
      )}
    </Sheet>
  );
}
