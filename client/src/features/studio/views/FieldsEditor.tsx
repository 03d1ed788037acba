import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NativeSelect } from "@/ui/controls";
import type { FieldChoice } from "./fields";
import { reordered, SortableList } from "./SortableList";
import styles from "./Views.module.css";

interface FieldsProps {
  label: string;
  add: string;
  fields: FieldChoice[];
  value: string[];
  onChange: (value: string[]) => void;
  /** What else is set for a field: its width, what is worked out of it. */
  more?: (field: FieldChoice) => ReactNode;
}

/** Fields in an order: chosen from those that are left, dragged or moved, and taken out. */
export function FieldsEditor({ label, add, fields, value, onChange, more }: FieldsProps) {
  const { t } = useTranslation("designer");
  const left = fields.filter((field) => !value.includes(field.key));
  const items = value.map((key) => {
    const field = fields.find((each) => each.key === key);
    return {
      id: key,
      name: field?.label ?? key,
      content: (
        <>
          <span className={styles.fieldName}>{field?.label ?? key}</span>
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
