import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { NativeSelect } from "@/ui/controls";
import { useDraft } from "../draft/useDraft";
import { fieldPathName } from "../parts/fieldPath";
import type { FieldChoice } from "./fields";
import { reordered, SortableList } from "./SortableList";
import styles from "./Views.module.css";

interface FieldsProps {
  entity: string;
  label: string;
  add: string;
  /** Those that may be added; others that are there already stay. */
  fields: FieldChoice[];
  value: string[];
  onChange: (value: string[]) => void;
  /** What else is set for a field: its width, what is worked out of it. */
  more?: (field: FieldChoice) => ReactNode;
}

/** Fields in an order: chosen from those that are left, dragged or moved, and taken out. */
export function FieldsEditor({ entity, label, add, fields, value, onChange, more }: FieldsProps) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const { definitions } = useDraft();
  const left = fields.filter((field) => !value.includes(field.key));
  const items = value.map((key) => {
    const field = fields.find((each) => each.key === key);
    const name = field?.label ?? fieldPathName(definitions, entity, key, language);
    return {
      id: key,
      name,
      content: (
        <>
          <span className={styles.fieldName}>{name}</span>
          {field && more?.(field)}
        </>
      ),
    };
  });
  return (
    <>
      <SortableList
        label={label}
        items={items}
        onMove={(from, to) => onChange(reordered(value, from, to))}
        onRemove={(index) => onChange(value.filter((_, at) => at !== index))}
      />
      {left.length > 0 && (
        <span className={styles.adder}>
          <Plus size={14} aria-hidden="true" />
          <NativeSelect
            aria-label={add}
            value=""
            onChange={(event) => event.target.value && onChange([...value, event.target.value])}
          >
            <option value="">{add}</option>
            {left.map((field) => (
              <option key={field.key} value={field.key}>
                {field.label}
              </option>
            ))}
          </NativeSelect>
        </span>
      )}
      {value.length === 0 && <p className={styles.hint}>{t("fieldsAutomatic")}</p>}
    </>
  );
}
