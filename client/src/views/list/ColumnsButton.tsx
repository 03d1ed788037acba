import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition } from "@/api/types";
import { Button, IconButton } from "@/ui/Button";
import { Check, SearchInput } from "@/ui/controls";
import { Popup } from "@/ui/Popup";
import styles from "./List.module.css";

interface ColumnsProps {
  /** Every field that could be shown. */
  fields: FieldDefinition[];
  columns: string[];
  onChange: (columns: string[]) => void;
}

function ColumnList({ fields, columns, onChange }: ColumnsProps) {
  const { t } = useTranslation("records");
  const [text, setText] = useState("");
  const matches = (field: FieldDefinition) => field.label.toLowerCase().includes(text.trim().toLowerCase());
  const shown = columns.flatMap((key) => fields.find((field) => field.key === key) ?? []).filter(matches);
  const hidden = fields.filter((field) => !columns.includes(field.key)).filter(matches);
  const move = (key: string, by: number) => {
    const at = columns.indexOf(key);
    const next = columns.filter((each) => each !== key);
    next.splice(Math.max(0, Math.min(next.length, at + by)), 0, key);
    onChange(next);
  };
  return (
    <div className={styles.picker}>
      <SearchInput
        aria-label={t("columns.search")}
        placeholder={t("columns.search")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className={styles.pickerList}>
        {shown.length > 0 && <p className={styles.hint}>{t("columns.shown")}</p>}
        {shown.map((field) => (
          <div key={field.key} className={styles.pickerRow}>
            <Check
              checked
              disabled={columns.length === 1}
              onChange={() => onChange(columns.filter((each) => each !== field.key))}
            >
              {field.label}
            </Check>
            <IconButton small label={t("columns.up", { name: field.label })} onClick={() => move(field.key, -1)}>
              <ArrowUp size={14} />
            </IconButton>
            <IconButton small label={t("columns.down", { name: field.label })} onClick={() => move(field.key, 1)}>
              <ArrowDown size={14} />
            </IconButton>
          </div>
        ))}
        {hidden.length > 0 && <p className={styles.hint}>{t("columns.hidden")}</p>}
        {hidden.map((field) => (
          <div key={field.key} className={styles.pickerRow}>
            <Check checked={false} onChange={() => onChange([...columns, field.key])}>
              {field.label}
            </Check>
          </div>
        ))}
      </div>
    </div>
  );
}

export function ColumnsButton(props: ColumnsProps) {
  const { t } = useTranslation("records");
  return (
    <Popup
      label={t("columns.title")}
      trigger={(trigger) => (
        <Button {...trigger} kind="quiet" icon={<Columns3 size={16} />}>
          {t("columns.title")}
        </Button>
      )}
    >
      {() => <ColumnList {...props} />}
    </Popup>
  );
}
