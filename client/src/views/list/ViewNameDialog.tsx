import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";

interface NameProps {
  title: string;
  name: string;
  busy: boolean;
  error: Error | null;
  onSave: (name: string) => void;
  onClose: () => void;
}

/** Asks what a view is called. */
export function ViewNameDialog({ title, name: before, busy, error, onSave, onClose }: NameProps) {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const [name, setName] = useState(before);
  return (
    <Dialog
      title={title}
      width={420}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={() => name.trim() && onSave(name.trim())}
      foot={
        <Button kind="primary" type="submit" busy={busy} disabled={!name.trim()}>
          {t("common:actions.save")}
        </Button>
      }
    >
      <FieldFrame label={t("records:views.name")} error={error ? errorText(error) : null}>
        {(ids) => (
          <TextInput
            {...ids}
            data-autofocus
            value={name}
            maxLength={40}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FieldFrame>
    </Dialog>
  );
}
