import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMemberChanges } from "@/api/admin";
import type { Member } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { toast } from "@/ui/toast";

export function ResetPasswordDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation(["admin", "common"]);
  const errorText = useErrorText();
  const { password: reset } = useMemberChanges();
  const [password, setPassword] = useState("");
  const submit = () => {
    if (!password) return;
    reset.mutate(
      { id: member.id, password },
      {
        onSuccess: () => {
          toast.done(t("admin:members.passwordDone"));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={`${t("admin:members.resetPassword")} · ${member.name}`}
      width={420}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <Button kind="primary" type="submit" disabled={!password} busy={reset.isPending}>
          {t("common:actions.save")}
        </Button>
      }
    >
      <FieldFrame
        label={t("admin:members.newPassword")}
        help={t("admin:members.passwordHelp")}
        error={reset.error ? errorText(reset.error) : null}
      >
        {(ids) => (
          <TextInput
            {...ids}
            data-autofocus
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </FieldFrame>
    </Dialog>
  );
}
