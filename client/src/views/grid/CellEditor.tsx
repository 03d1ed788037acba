import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { useRecordChanges } from "@/api/records";
import type { FieldDefinition, RecordRow } from "@/api/types";
import { fieldEditors } from "@/fields/editors";
import { useErrorText } from "@/fields/useTexts";
import { sortProblems } from "@/model/problems";
import { fieldValue, forWriting, sameValue } from "@/model/values";
import { Button } from "@/ui/Button";
import { FieldFrame } from "@/ui/controls";
import { toast } from "@/ui/toast";
import styles from "./Grid.module.css";

interface CellEditorProps {
  row: RecordRow;
  field: FieldDefinition;
  top: number;
  left: number;
  onClose: () => void;
}

/** Changes one value where it stands; the change can be taken back from the message that follows. */
export function CellEditor({ row, field, top, left, onClose }: CellEditorProps) {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const { update } = useRecordChanges(row.entity);
  const before = fieldValue(row, field.key);
  const [value, setValue] = useState(before);
  const { Edit } = fieldEditors[field.type];
  const error = update.error;
  const onField =
    error instanceof ApiError ? sortProblems(error.problems, new Set([field.key])).fields[field.key] : null;

  const save = () => {
    if (sameValue(before, value)) return onClose();
    update.mutate(
      { id: row.id, version: row.version, values: { [field.key]: forWriting(value) } },
      {
        onSuccess: (saved) => {
          onClose();
          const undo = () =>
            update.mutate(
              { id: saved.id, version: saved.version, values: { [field.key]: forWriting(before) } },
              {
                onSuccess: () => toast.done(t("records:cell.undone")),
                onError: (failed) => toast.error(errorText(failed)),
              },
            );
          toast.done(t("records:cell.saved"), { label: t("common:actions.undo"), run: undo });
        },
      },
    );
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    if (event.key === "Enter" && !event.nativeEvent.isComposing && !(event.target instanceof HTMLTextAreaElement)) {
      event.preventDefault();
      save();
    }
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: passes Enter and Escape of the control inside on
    <div
      className={styles.editor}
      style={{ top, left }}
      onKeyDown={onKey}
      ref={(box) => box?.querySelector<HTMLElement>("input, textarea, button")?.focus({ preventScroll: true })}
    >
      <FieldFrame label={field.label} required={field.required} error={onField ?? (error ? errorText(error) : null)}>
        {(ids) => <Edit field={field} value={value} display={row.display[field.key]} onChange={setValue} ids={ids} />}
      </FieldFrame>
      <div className={styles.editorFoot}>
        <Button small onClick={onClose}>
          {t("common:actions.cancel")}
        </Button>
        <Button small kind="primary" busy={update.isPending} onClick={save}>
          {t("common:actions.save")}
        </Button>
      </div>
    </div>
  );
}
