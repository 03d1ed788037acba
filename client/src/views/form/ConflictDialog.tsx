import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { EntityDefinition, FieldDefinition, RecordRow, Values } from "@/api/types";
import { Shown } from "@/fields/Shown";
import { useLanguage } from "@/i18n/useLanguage";
import { sameValue } from "@/model/values";
import { named } from "@/model/words";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { SkeletonLines } from "@/ui/surfaces";
import styles from "./Form.module.css";

interface ConflictProps {
  entity: EntityDefinition;
  record: RecordRow;
  changes: Values;
  isSaving: boolean;
  onSave: (version: number, values: Values) => void;
  onClose: () => void;
}

interface ChoiceProps {
  field: FieldDefinition;
  row: RecordRow;
  which: "theirs" | "mine";
  isChosen: boolean;
  onChoose: () => void;
}

function Choice({ field, row, which, isChosen, onChoose }: ChoiceProps) {
  const { t } = useTranslation("records");
  const language = useLanguage();
  return (
    <label className={styles.choice}>
      <input
        type="radio"
        name={`keep-${field.key}`}
        checked={isChosen}
        onChange={onChoose}
        aria-label={named(field.label, t(`conflict.${which}`), language)}
      />
      <Shown field={field} row={row} isFull />
    </label>
  );
}

/** Two people changed the same record: their value or mine, field by field. */
export function ConflictDialog({ entity, record, changes, isSaving, onSave, onClose }: ConflictProps) {
  const { t } = useTranslation(["records", "common"]);
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const fresh = useQuery({
    queryKey: ["conflict", entity.key, record.id, record.version],
    queryFn: () => api.get<RecordRow>(`/records/${entity.key}/${record.id}`),
    gcTime: 0,
  });
  const now = fresh.data;
  const disputed = now
    ? entity.fields.filter(
        (field) =>
          field.key in changes &&
          !sameValue(record.values[field.key], now.values[field.key]) &&
          !sameValue(now.values[field.key], changes[field.key]),
      )
    : [];
  const mine: RecordRow = { ...record, values: { ...record.values, ...changes } };
  const choose = (key: string, isTheirs: boolean) =>
    setTheirs((all) => new Set(isTheirs ? [...all, key] : [...all].filter((each) => each !== key)));
  const save = () => {
    if (!now) return;
    onSave(now.version, Object.fromEntries(Object.entries(changes).filter(([key]) => !theirs.has(key))));
  };
  return (
    <Dialog
      title={t("records:conflict.title")}
      width={720}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" busy={isSaving} disabled={!now} onClick={save}>
            {t("records:conflict.save")}
          </Button>
        </>
      }
    >
      {!now && <SkeletonLines lines={4} />}
      {now && (
        <div style={{ display: "grid", gap: 12 }}>
          <p>{t("records:conflict.text", { name: now.display.updated_by ?? t("records:conflict.someone") })}</p>
          <div className={styles.conflict}>
            <span className={styles.caption}>{t("records:conflict.field")}</span>
            <span className={styles.caption}>{t("records:conflict.theirs")}</span>
            <span className={styles.caption}>{t("records:conflict.mine")}</span>
          </div>
          {disputed.map((field) => (
            <div key={field.key} className={styles.conflict}>
              <span className={styles.caption}>{field.label}</span>
              <Choice
                field={field}
                row={now}
                which="theirs"
                isChosen={theirs.has(field.key)}
                onChoose={() => choose(field.key, true)}
              />
              <Choice
                field={field}
                row={mine}
                which="mine"
                isChosen={!theirs.has(field.key)}
                onChoose={() => choose(field.key, false)}
              />
            </div>
          ))}
          <p className={styles.caption}>{t("records:conflict.rest")}</p>
        </div>
      )}
    </Dialog>
  );
}
