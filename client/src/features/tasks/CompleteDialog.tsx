import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTaskChanges } from "@/api/tasks";
import type { Task } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame, TextArea } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { toast } from "@/ui/toast";

export function CompleteDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation(["tasks", "common"]);
  const errorText = useErrorText();
  const { done } = useTaskChanges();
  const [note, setNote] = useState("");
  const submit = () =>
    done.mutate(
      { id: task.id, ...(note.trim() ? { note: note.trim() } : {}) },
      {
        onSuccess: () => {
          toast.done(t("tasks:completed", { title: task.title }));
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={t("tasks:completeTitle")}
      width={460}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" busy={done.isPending}>
            {t("tasks:complete")}
          </Button>
        </>
      }
    >
      <p style={{ marginBottom: 12 }}>{task.title}</p>
      <FieldFrame label={t("tasks:note")} error={done.error ? errorText(done.error) : null}>
        {(ids) => (
          <TextArea
            {...ids}
            data-autofocus
            placeholder={t("tasks:notePlaceholder")}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </FieldFrame>
    </Dialog>
  );
}
