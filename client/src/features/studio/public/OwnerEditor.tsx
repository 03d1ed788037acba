import { useTranslation } from "react-i18next";
import { FieldFrame, NativeSelect, TextInput } from "@/ui/controls";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../parts/labels";
import type { FormProps } from "./FieldsEditor";

const OWNERS = ["role", "member", "department"] as const;

/** Who becomes the owner of what is sent in. */
export function OwnerEditor({ form, onChange }: Omit<FormProps, "entity">) {
  const { t, i18n } = useTranslation("entrances");
  const { definitions } = useDraft();
  const kind = OWNERS.find((each) => form.owner[each] !== undefined) ?? "role";
  const value = form.owner[kind] ?? "";
  const set = (text: string) => onChange({ owner: { [kind]: text } });
  return (
    <>
      <FieldFrame label={t("public.owner")}>
        {(ids) => (
          <NativeSelect {...ids} value={kind} onChange={(event) => onChange({ owner: { [event.target.value]: "" } })}>
            {OWNERS.map((each) => (
              <option key={each} value={each}>
                {t(`public.owners.${each}`)}
              </option>
            ))}
          </NativeSelect>
        )}
      </FieldFrame>
      {kind === "role" ? (
        <FieldFrame label={t("public.ownerRole")} required>
          {(ids) => (
            <NativeSelect {...ids} value={value} onChange={(event) => set(event.target.value)}>
              <option value="" />
              {(definitions.roles ?? []).map((role) => (
                <option key={role.key} value={role.key}>
                  {labelText(role.label, i18n.language)}
                </option>
              ))}
            </NativeSelect>
          )}
        </FieldFrame>
      ) : (
        <FieldFrame label={t(kind === "member" ? "public.ownerMember" : "public.ownerDepartment")} required>
          {(ids) => <TextInput {...ids} value={value} onChange={(event) => set(event.target.value)} />}
        </FieldFrame>
      )}
    </>
  );
}
