import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { FieldFrame, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";

interface NewDialogProps {
  title: string;
  label: string;
  help?: string;
  onMake: (name: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for the name of something new. */
export function NewDialog({ title, label, help, onMake, onClose }: NewDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const make = () => {
    if (!name.trim() || busy) return;
    setBusy(true);
    void onMake(name.trim());
  };
  return (
    <Dialog
      title={title}
      width={420}
      closeLabel={t("actions.close")}
      onClose={onClose}
      onSubmit={make}
      foot={
        <>
          <Button onClick={onClose}>{t("actions.cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={!name.trim()}>
            {t("actions.create")}
          </Button>
        </>
      }
    >
      <FieldFrame label={label} help={help} required>
        {(ids) => (
          <TextInput
            {...ids}
            data-autofocus
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FieldFrame>
    </Dialog>
  );
}
