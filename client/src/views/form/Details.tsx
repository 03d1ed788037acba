import { Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition, RecordRow } from "@/api/types";
import { fieldViews } from "@/fields/registry";
import { Shown } from "@/fields/Shown";
import { fieldValue, isEmptyValue } from "@/model/values";
import { Button, IconButton } from "@/ui/Button";
import { classes } from "@/ui/classes";
import styles from "./Form.module.css";

interface DetailsProps {
  record: RecordRow;
  fields: FieldDefinition[];
  /** Starts editing at a field; not given where the member may not. */
  onEdit?: ((field: string) => void) | undefined;
}

/** Records with more empty fields than this show only what is filled, at first. */
const FOLD_OVER = 5;

/** A record to be read: labels and values in two columns. */
export function Details({ record, fields, onEdit }: DetailsProps) {
  const { t } = useTranslation("records");
  const [all, setAll] = useState(false);
  const filled = fields.filter((field) => !isEmptyValue(fieldValue(record, field.key)));
  const empty = fields.length - filled.length;
  const folds = empty > FOLD_OVER && !all;
  const shown = folds ? filled : fields;
  return (
    <>
      <dl className={styles.details}>
        {shown.map((field) => (
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
      {empty > FOLD_OVER && (
        <Button kind="quiet" small className={styles.fold} onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t("record.hideEmpty") : t("record.showEmpty", { count: empty })}
        </Button>
      )}
    </>
  );
}
