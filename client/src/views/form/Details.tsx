import { Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition, RecordRow } from "@/api/types";
import { fieldViews } from "@/fields/registry";
import { Shown } from "@/fields/Shown";
import { IconButton } from "@/ui/Button";
import { classes } from "@/ui/classes";
import styles from "./Form.module.css";

interface DetailsProps {
  record: RecordRow;
  fields: FieldDefinition[];
  /** Starts editing at a field; not given where the member may not. */
  onEdit?: ((field: string) => void) | undefined;
}

/** A record to be read: labels and values in two columns. */
export function Details({ record, fields, onEdit }: DetailsProps) {
  const { t } = useTranslation("records");
  return (
    <dl className={styles.details}>
      {fields.map((field) => (
        <div key={field.key} className={classes(styles.detail, fieldViews[field.type].isWide && styles.wide)}>
          <dt>{field.label}</dt>
          <dd className={styles.value}>
            <div>
              <Shown field={field} row={record} isFull />
            </div>
            {onEdit && field.access === "write" && !field.is_computed && (
              <IconButton
                small
                className={styles.pencil}
                label={t("cell.edit", { field: field.label })}
                onClick={() => onEdit(field.key)}
              >
                <Pencil size={13} />
              </IconButton>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
