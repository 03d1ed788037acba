import { useTranslation } from "react-i18next";
import { useDepartments, useMembers } from "@/api/admin";
import { FieldFrame, NativeSelect } from "@/ui/controls";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../parts/labels";
import { SelectProperty } from "../parts/PropertyPanel";
import type { FormProps } from "./FieldsEditor";

const OWNERS = ["role", "member", "department"] as const;
const NAMES = {
  role: "public.ownerRole",
  member: "public.ownerMember",
  department: "public.ownerDepartment",
} as const;

/** Who becomes the owner of what is sent in. */
export function OwnerEditor({ form, onChange }: Omit<FormProps, "entity">) {
  const { t, i18n } = useTranslation("entrances");
  const { definitions } = useDraft();
  const kind = OWNERS.find((each) => form.owner[each] !== undefined) ?? "role";
  const value = form.owner[kind] ?? "";
  const members = useMembers();
  const departments = useDepartments();
  const choices = {
    role: (definitions.roles ?? []).map(({ key, label }) => ({ value: key, label: labelText(label, i18n.language) })),
    member: (members.data ?? [])
      .filter((each) => !each.disabled)
      .map(({ login, name }) => ({ value: login, label: `${name} · ${login}` })),
    department: (departments.data ?? []).map(({ name }) => ({ value: name, label: name })),
  };
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
      <SelectProperty
        label={t(NAMES[kind])}
        help={t(`public.ownerHelp.${kind}`)}
        value={value}
        required
        options={choices[kind]}
        problem={value ? null : t("public.ownerMissing")}
        onChange={set}
      />
    </>
  );
}
