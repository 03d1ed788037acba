import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRelated } from "@/api/records";
import type { EntityDefinition, RecordRow } from "@/api/types";
import { Shown } from "@/fields/Shown";
import { useWhenText } from "@/fields/useTexts";
import { fieldValue, isEmptyValue } from "@/model/values";
import { Button } from "@/ui/Button";
import { PlainTable } from "@/ui/surfaces";
import type { FieldChoice } from "./choices";
import styles from "./Merge.module.css";

interface TableProps {
  entity: EntityDefinition;
  records: RecordRow[];
  fields: FieldChoice[];
  keep: string;
  chosen: Record<string, string>;
  onKeep: (id: string) => void;
  onChoose: (field: string, id: string) => void;
}

function RelatedCell({ record }: { record: RecordRow }) {
  const { t } = useTranslation("records");
  const related = useRelated(record.entity, record.id);
  const counted = related.data?.filter((each) => each.count > 0) ?? [];
  return (
    <td data-of={record.title}>
      {related.data && counted.length === 0 && <span className={styles.quiet}>{t("merge.noRelated")}</span>}
      {counted.map((each) => (
        <div key={`${each.entity}.${each.field}`}>
          {each.label} {each.count}
        </div>
      ))}
    </td>
  );
}

function Head({ records, keep, onKeep }: Pick<TableProps, "records" | "keep" | "onKeep">) {
  const { t } = useTranslation("records");
  const whenText = useWhenText();
  return (
    <thead className={styles.head}>
      <tr>
        <th scope="col">{t("merge.field")}</th>
        {records.map((record) => (
          <th key={record.id} scope="col" data-kept={record.id === keep}>
            <label className={styles.keep}>
              <input type="radio" name="keep" checked={record.id === keep} onChange={() => onKeep(record.id)} />
              <span>
                <b>{record.title}</b>
                <small>{record.id === keep ? t("merge.stays") : t("merge.goes")}</small>
                <small>{t("record.updated", { when: whenText(record.updated_at) })}</small>
              </span>
            </label>
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** A column for each record, a line for each field; what differs comes first, what agrees folds away. */
export function MergeTable({ records, fields, keep, chosen, onKeep, onChoose, entity }: TableProps) {
  const { t } = useTranslation("records");
  const [all, setAll] = useState(false);
  const differing = fields.filter((each) => each.differs);
  const same = fields.filter((each) => !each.differs);
  return (
    <>
      <PlainTable label={t("merge.title", { entity: entity.label })}>
        <Head records={records} keep={keep} onKeep={onKeep} />
        <tbody className={styles.body}>
          {[...differing, ...(all ? same : [])].map(({ field, differs }) => (
            <tr key={field.key}>
              <th scope="row">{field.label}</th>
              {records.map((record) => (
                <td key={record.id} data-of={record.title} data-chosen={differs && chosen[field.key] === record.id}>
                  {differs ? (
                    <label className={styles.choice}>
                      <input
                        type="radio"
                        name={`value-${field.key}`}
                        checked={chosen[field.key] === record.id}
                        aria-label={t("merge.take", { field: field.label, title: record.title })}
                        onChange={() => onChoose(field.key, record.id)}
                      />
                      {isEmptyValue(fieldValue(record, field.key)) ? (
                        <span className={styles.quiet}>{t("history.blank")}</span>
                      ) : (
                        <Shown field={field} row={record} />
                      )}
                    </label>
                  ) : (
                    <Shown field={field} row={record} />
                  )}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t("merge.related")}</th>
            {records.map((record) => (
              <RelatedCell key={record.id} record={record} />
            ))}
          </tr>
        </tbody>
      </PlainTable>
      {same.length > 0 && (
        <Button kind="quiet" wide aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("merge.hideSame") : t("merge.showSame", { count: same.length })}
        </Button>
      )}
    </>
  );
}
