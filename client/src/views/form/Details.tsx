import { Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition, FormLayout, RecordRow } from "@/api/types";
import { Shown } from "@/fields/Shown";
import { fieldValue, isEmptyValue } from "@/model/values";
import { Button, IconButton } from "@/ui/Button";
import { arrange } from "./arrange";
import styles from "./Form.module.css";
import { Sheet } from "./Sheet";

interface DetailsProps {
  record: RecordRow;
  fields: FieldDefinition[];
  layout?: FormLayout | null | undefined;
  /** Starts editing at a field; not given where the member may not. */
  onEdit?: ((field: string) => void) | undefined;
}

/** Records with more empty fields than this show only what is filled, at first. */
const FOLD_OVER = 5;

/** A record to be read: labels and values, laid out as its form. */
export function Details({ record, fields, layout, onEdit }: DetailsProps) {
  const { t } = useTranslation("records");
  const [all, setAll] = useState(false);
  const filled = fields.filter((field) => !isEmptyValue(fieldValue(record, field.key)));
  const empty = fields.length - filled.length;
  const folds = empty > FOLD_OVER && !all;
  return (
    <>
      <Sheet
        tabs={arrange(layout, folds ? filled : fields)}
        grid={(group, content) => (
          <dl className={styles.details} data-columns={group.columns}>
            {content}
          </dl>
        )}
      >
        {({ field }, span) => (
          <div key={field.key} className={styles.detail} data-span={span}>
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
        )}
      </Sheet>
      {empty > FOLD_OVER && (
        <Button kind="quiet" small className={styles.fold} onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t("record.hideEmpty") : t("record.showEmpty", { count: empty })}
        </Button>
      )}
    </>
  );
}
