import type { Json } from "@/api/types";
import type { Field } from "@/api/types/studio";
import { fieldEditors } from "@/fields/editors";
import { useLanguage } from "@/i18n/useLanguage";
import { FieldFrame } from "@/ui/controls";
import { fieldDefinition } from "../parts/fieldDefinition";
import { fillable } from "./Choices";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

interface ValueFieldsProps {
  handle: ProcessHandle;
  fields: Field[];
  values: Record<string, unknown>;
  onChange: (values: Record<string, unknown>) => void;
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
  const language = useLanguage();
  if (fields.length === 0) return null;
  return (
    <div className={styles.values}>
      {fields.map((each) => {
        const field = fieldDefinition(handle.draft.definitions, each, language);
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
