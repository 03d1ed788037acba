import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Role } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { FieldFrame, NativeSelect, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { makeKey } from "../draft/keys";
import { useDraft } from "../draft/useDraft";
import { newLabel } from "../parts/labels";
import { labelText } from "../shell/values";

interface NewRoleProps {
  from: string;
  onMade: (key: string) => void;
  onClose: () => void;
}

/** A new role, empty or with what another one may do. */
export function NewRoleDialog({ from, onMade, onClose }: NewRoleProps) {
  const { t } = useTranslation(["roles", "common"]);
  const language = useLanguage();
  const { definitions, edit } = useDraft();
  const roles = definitions.roles ?? [];
  const [name, setName] = useState("");
  const [base, setBase] = useState(from);
  const [busy, setBusy] = useState(false);
  const label = name.trim();
  const make = async () => {
    if (!label || busy) return;
    setBusy(true);
    const key = await makeKey(label, [...roles.map((each) => each.key), "admin"], "role");
    const copied = roles.find((each) => each.key === base);
    const role: Role = {
      ...structuredClone(copied ?? {}),
      key,
      label: newLabel(label, language),
    };
    delete role.owners;
    edit([{ op: "put", path: ["roles", key], value: role }], t("roles:edits.added", { role: label }));
    onMade(key);
  };
  return (
    <Dialog
      title={t("roles:add")}
      width={460}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={() => void make()}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={!label}>
            {t("common:actions.create")}
          </Button>
        </>
      }
    >
      <div style={{ display: "grid", gap: 12 }}>
        <FieldFrame label={t("roles:name")} required>
          {(ids) => (
            <TextInput {...ids} data-autofocus value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </FieldFrame>
        <FieldFrame label={t("roles:base")} help={t("roles:baseHelp")}>
          {(ids) => (
            <NativeSelect {...ids} value={base} onChange={(event) => setBase(event.target.value)}>
              <option value="">{t("roles:baseNone")}</option>
              {roles.map((role) => (
                <option key={role.key} value={role.key}>
                  {labelText(role.label, language, role.key)}
                </option>
              ))}
            </NativeSelect>
          )}
        </FieldFrame>
      </div>
    </Dialog>
  );
}
