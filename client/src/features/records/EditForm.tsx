import { useBlocker } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { EntityDefinition, RecordRow, Values } from "@/api/types";
import { Button } from "@/ui/Button";
import { toast } from "@/ui/toast";
import { ConflictDialog } from "@/views/form/ConflictDialog";
import styles from "@/views/form/Form.module.css";
import { FormFields } from "@/views/form/FormFields";
import { FormNotices } from "@/views/form/FormNotices";
import { useRecordForm } from "@/views/form/useRecordForm";
import { LeaveDialog } from "./LeaveDialog";

export interface EditFormProps {
  entity: EntityDefinition;
  record: RecordRow;
  /** The field that editing starts at ("" for the first); null while reading. */
  editing: string | null;
  onEdit: (field: string | null) => void;
}

/** A record's form, filled with the record as it was when editing began. */
export function EditForm({ entity, record, editing, onEdit }: EditFormProps) {
  const { t } = useTranslation(["records", "common"]);
  // The record as it was when editing began: what others change meanwhile is a conflict, not a surprise in the form.
  const start = useRef(record).current;
  const form = useRecordForm(entity, start);
  const box = useRef<HTMLFormElement>(null);
  const isUnsaved = () => form.isDirty && !form.isSaving;
  const blocker = useBlocker({ shouldBlockFn: isUnsaved, enableBeforeUnload: isUnsaved, withResolver: true });
  useEffect(() => {
    const labels = [...(box.current?.querySelectorAll("label") ?? [])];
    const wanted = entity.fields.find((field) => field.key === editing)?.label;
    const label = labels.find((each) => each.textContent?.startsWith(wanted ?? "")) ?? labels[0];
    document.getElementById(label?.htmlFor ?? "")?.focus();
  }, [editing, entity.fields]);
  const save = async (over?: { version: number; values: Values }) => {
    if (!form.isDirty) return onEdit(null);
    const saved = await form.save(over);
    if (!saved) {
      box.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    toast.done(t("records:record.saved"));
    onEdit(null);
  };
  const wrong = Object.keys(form.problems.fields).length;
  return (
    <form
      ref={box}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <FormNotices form={form} />
      <FormFields form={form} record={start} focus={editing} />
      <div className={styles.foot}>
        <span className={styles.note}>{wrong > 0 && t("records:record.problems", { count: wrong })}</span>
        <Button onClick={() => onEdit(null)}>{t("common:actions.cancel")}</Button>
        <Button kind="primary" type="submit" busy={form.isSaving}>
          {t("records:record.save")}
        </Button>
      </div>
      {form.conflict && (
        <ConflictDialog
          entity={entity}
          record={start}
          changes={form.changes}
          isSaving={form.isSaving}
          onClose={form.clearConflict}
          onSave={(version, values) => void save({ version, values })}
        />
      )}
      {blocker.status === "blocked" && <LeaveDialog onStay={blocker.reset} onLeave={blocker.proceed} />}
    </form>
  );
}
