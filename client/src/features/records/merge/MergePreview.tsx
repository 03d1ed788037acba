import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { relatedQuery } from "@/api/records";
import type { EntityDefinition, FieldDefinition, RecordRow } from "@/api/types";
import { Shown } from "@/fields/Shown";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import styles from "./Merge.module.css";

interface PreviewProps {
  entity: EntityDefinition;
  records: RecordRow[];
  kept: RecordRow;
  /** Fields that take another record's value. */
  taken: { field: FieldDefinition; from: string }[];
  isBusy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** What merging will do, before it is done. */
export function MergePreview({ entity, records, kept, taken, isBusy, onConfirm, onClose }: PreviewProps) {
  const { t } = useTranslation(["records", "common"]);
  const others = records.filter((each) => each.id !== kept.id);
  const related = useQueries({ queries: others.map((each) => relatedQuery(each.entity, each.id)) });
  const moved = related.flatMap((each) => each.data ?? []).reduce((sum, each) => sum + each.count, 0);
  return (
    <Dialog
      title={t("records:merge.sure", { count: records.length, entity: entity.label })}
      width={620}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" busy={isBusy} onClick={onConfirm}>
            {t("records:merge.confirm")}
          </Button>
        </>
      }
    >
      <ul className={styles.effects}>
        <li>{t("records:merge.keeps", { title: kept.title })}</li>
        {others.map((each) => (
          <li key={each.id}>{t("records:merge.absorbs", { title: each.title })}</li>
        ))}
        <li>{t("records:merge.follows", { count: moved })}</li>
      </ul>
      {taken.length > 0 && (
        <>
          <h3 className={styles.heading}>{t("records:merge.changes")}</h3>
          <dl className={styles.changes}>
            {taken.map(({ field, from }) => {
              const source = records.find((each) => each.id === from) ?? kept;
              return (
                <div key={field.key}>
                  <dt>{field.label}</dt>
                  <dd>
                    <del>
                      <Shown field={field} row={kept} />
                    </del>{" "}
                    → <Shown field={field} row={source} />
                  </dd>
                </div>
              );
            })}
          </dl>
        </>
      )}
    </Dialog>
  );
}
