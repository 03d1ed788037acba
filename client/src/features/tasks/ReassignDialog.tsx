import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTaskChanges } from "@/api/tasks";
import type { FieldDefinition, Json, Task } from "@/api/types";
import { PeopleEdit } from "@/fields/reference/edit";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { toast } from "@/ui/toast";

const WHO = { key: "member", type: "user", options: {} } as unknown as FieldDefinition;

export function ReassignDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation(["tasks", "common"]);
  const errorText = useErrorText();
  const { reassign } = useTaskChanges();
  const [member, setMember] = useState<Json>(null);
  const submit = () => {
    if (typeof member !== "string") return;
    reassign.mutate(
      { id: task.id, member },
      {
        onSuccess: () => {
          toast.done(t("tasks:reassigned"));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={t("tasks:reassignTitle")}
      width={460}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={member === null} busy={reassign.isPending}>
            {t("tasks:reassign")}
          </Button>
        </>
      }
    >
      <p style={{ marginBottom: 12 }}>{task.title}</p>
      <FieldFrame label={t("tasks:reassignTitle")} error={reassign.error ? errorText(reassign.error) : null}>
        {(ids) => <PeopleEdit field={WHO} value={member} onChange={setMember} ids={ids} />}
      </FieldFrame>
    </Dialog>
  );
}
