import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { FieldFrame, NativeSelect, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";

interface NameDialogProps {
  title: string;
  label: string;
  hint?: string;
  /** Something to choose besides the name. */
  choice?: { label: string; options: { value: string; label: string }[] };
  onDone: (name: string, chosen: string) => void;
  onClose: () => void;
}

/** Asks what a new thing is called. */
export function NameDialog({ title, label, hint, choice, onDone, onClose }: NameDialogProps) {
  const { t } = useTranslation(["processes", "common"]);
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState(choice?.options[0]?.value ?? "");
  const submit = () => {
    if (!name.trim()) return;
    onDone(name.trim(), chosen);
    onClose();
  };
  return (
    <Dialog
      title={title}
      width={420}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={!name.trim()}>
            {t("processes:add")}
          </Button>
        </>
      }
    >
      <div style={{ display: "grid", gap: 12 }}>
        <FieldFrame label={label} required help={hint}>
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
        {choice && (
          <FieldFrame label={choice.label}>
            {(ids) => (
              <NativeSelect {...ids} value={chosen} onChange={(event) => setChosen(event.target.value)}>
                {choice.options.map((each) => (
                  <option key={each.value} value={each.value}>
                    {each.label}
                  </option>
                ))}
              </NativeSelect>
            )}
          </FieldFrame>
        )}
      </div>
    </Dialog>
  );
}
