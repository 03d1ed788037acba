import type { FieldDefinition, FieldTypeKey, Json } from "@/api/types";
import type { Field } from "@/api/types/studio";
import { fieldEditors } from "@/fields/editors";
import { FieldFrame } from "@/ui/controls";
import { fillable } from "./Choices";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

interface ValueFieldsProps {
  handle: ProcessHandle;
  fields: Field[];
  values: Record<string, unknown>;
  onChange: (values: Record<string, unknown>) => void;
}

/** A field of the draft as forms know fields; its options are those of the draft. */
function asDefinition(handle: ProcessHandle, field: Field): FieldDefinition {
  const { set, ...options } = (field.options ?? {}) as Record<string, Json>;
  const named = handle.draft.definitions.option_sets?.find((each) => each.key === set)?.options;
  const inline =
    named ?? (Array.isArray(options.options) ? (options.options as unknown as NonNullable<typeof named>) : undefined);
  const choices = inline?.map((each) => ({
    key: each.key,
    label: handle.text(each.label, each.key),
    colour: each.colour ?? "grey",
    retired: each.retired ?? false,
  }));
  return {
    key: field.key,
    label: handle.text(field.label, field.key),
    type: field.type as FieldTypeKey,
    options: (choices ? { ...options, options: choices } : options) as Record<string, Json>,
    required: false,
    unique: false,
    help: null,
    access: "write",
    operators: [],
    is_computed: false,
    sortable: false,
  };
}

const NOT_HERE = new Set(["sub_table", "file", "image", "audio", "video", "signature"]);

/** Fields that matter to the process: those that a stage or the form itself demands, and those that conditions name. */
export function neededFields(handle: ProcessHandle): Field[] {
  const { process } = handle;
  const demanded = new Set(process.stages.flatMap((each) => each.required ?? []));
  const conditions = process.transitions.map((each) => each.guard ?? "").join(" ");
  return fillable(handle.fields).filter(
    (each) =>
      !NOT_HERE.has(each.type) && (each.required || demanded.has(each.key) || conditions.includes(`{${each.key}}`)),
  );
}

/** Values that somebody makes up. */
export function ValueFields({ handle, fields, values, onChange }: ValueFieldsProps) {
  if (fields.length === 0) return null;
  return (
    <div className={styles.values}>
      {fields.map((each) => {
        const field = asDefinition(handle, each);
        const { Edit } = fieldEditors[field.type];
        return (
          <FieldFrame key={field.key} label={field.label}>
            {(ids) => (
              <Edit
                field={field}
                value={(values[field.key] ?? null) as Json}
                display={undefined}
                onChange={(value) => onChange({ ...values, [field.key]: value })}
                ids={ids}
              />
            )}
          </FieldFrame>
        );
      })}
    </div>
  );
}
