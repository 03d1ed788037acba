import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDepartmentChanges } from "@/api/admin";
import type { Department, DepartmentDraft, FieldDefinition } from "@/api/types";
import { PeopleEdit } from "@/fields/reference/edit";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame, NativeSelect, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { toast } from "@/ui/toast";
import styles from "./Admin.module.css";

const WHO = { key: "manager", type: "user", options: {} } as unknown as FieldDefinition;

/** A department cannot be put below itself. */
function below(all: Department[], id: string): Set<string> {
  const children = all.filter((each) => each.parent_id === id);
  return new Set([id, ...children.flatMap((child) => [...below(all, child.id)])]);
}

interface DepartmentDialogProps {
  department: Department | null;
  all: Department[];
  onClose: () => void;
}

export function DepartmentDialog({ department, all, onClose }: DepartmentDialogProps) {
  const { t } = useTranslation(["admin", "common"]);
  const errorText = useErrorText();
  const { create, update } = useDepartmentChanges();
  const [tried, setTried] = useState(false);
  const [draft, setDraft] = useState<DepartmentDraft>({
    name: department?.name ?? "",
    parent_id: department?.parent_id ?? null,
    manager: department?.manager?.id ?? null,
  });
  const error = create.error ?? update.error;
  const barred = department ? below(all, department.id) : new Set<string>();
  const change = (next: Partial<DepartmentDraft>) => setDraft((before) => ({ ...before, ...next }));
  const submit = () => {
    setTried(true);
    if (!draft.name.trim()) return;
    const onSuccess = () => {
      toast.done(t("admin:departments.saved"));
      onClose();
    };
    if (department) update.mutate({ id: department.id, ...draft }, { onSuccess });
    else create.mutate(draft, { onSuccess });
  };
  return (
    <Dialog
      title={t(department ? "admin:departments.edit" : "admin:departments.create")}
      width={460}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" busy={create.isPending || update.isPending}>
            {t("common:actions.save")}
          </Button>
        </>
      }
    >
      <div className={styles.sections}>
        <FieldFrame
          label={t("admin:departments.name")}
          required
          error={tried && !draft.name.trim() ? t("admin:departments.needName") : error ? errorText(error) : null}
        >
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </FieldFrame>
        <FieldFrame label={t("admin:departments.parent")}>
          {(ids) => (
            <NativeSelect
              {...ids}
              value={draft.parent_id ?? ""}
              onChange={(event) => change({ parent_id: event.target.value || null })}
            >
              <option value="">{t("admin:departments.top")}</option>
              {all
                .filter((each) => !barred.has(each.id))
                .map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.name}
                  </option>
                ))}
            </NativeSelect>
          )}
        </FieldFrame>
        <FieldFrame label={t("admin:departments.manager")}>
          {(ids) => (
            <PeopleEdit
              field={WHO}
              value={draft.manager}
              display={department?.manager?.name}
              ids={ids}
              onChange={(value) => change({ manager: value as string | null })}
            />
          )}
        </FieldFrame>
      </div>
    </Dialog>
  );
}
