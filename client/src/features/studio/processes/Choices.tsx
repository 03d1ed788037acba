import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { fieldPathName } from "../parts/fieldPath";
import { ManyChoice, type ManyProps } from "../parts/ManyChoice";
import { SelectProperty } from "../parts/PropertyPanel";
import type { ProcessHandle } from "./useProcess";

const COMPUTED = new Set(["formula", "lookup", "rollup", "auto_number"]);

/** Fields that a person can fill in. */
export const fillable = (fields: Field[]) => fields.filter((each) => !each.hidden && !COMPUTED.has(each.type));

/** Fields of the entity by name. */
export function FieldsChoice({
  handle,
  computed = false,
  ...rest
}: Omit<ManyProps, "options"> & { handle: ProcessHandle; computed?: boolean }) {
  const { t } = useTranslation("processes");
  const language = useLanguage();
  const fields = computed ? handle.fields.filter((each) => !each.hidden) : fillable(handle.fields);
  const options = fields.map((each) => ({ value: each.key, label: handle.text(each.label, each.key) }));
  if (computed) options.push({ value: "owner", label: t("whom.owner") });
  const known = new Set(options.map((each) => each.value));
  for (const key of rest.value ?? [])
    if (!known.has(key))
      options.push({
        value: key,
        label: fieldPathName(handle.draft.definitions, handle.process.entity, key, language),
      });
  return <ManyChoice {...rest} options={options} placeholder={rest.placeholder ?? t("none")} />;
}

export function useRoleOptions(handle: ProcessHandle) {
  const { t } = useTranslation("processes");
  const roles = (handle.draft.definitions.roles ?? []).map((each) => ({
    value: each.key,
    label: handle.text(each.label, each.key),
  }));
  return [...roles, { value: "admin", label: t("administrator") }];
}

interface WhomProps {
  handle: ProcessHandle;
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  /** Whether the owner and fields that hold members are among the choices. */
  all?: boolean;
  empty?: string;
  required?: boolean;
}

/** Somebody: the owner, a manager above them, a role, the member in a field. */
export function WhomChoice({ handle, label, value, onChange, all, empty, required }: WhomProps) {
  const { t } = useTranslation("processes");
  const roles = useRoleOptions(handle).map((each) => ({
    value: `role:${each.value}`,
    label: t("whom.role", { role: each.label }),
  }));
  const fields = handle.fields
    .filter((each) => each.type === "user")
    .map((each) => ({ value: each.key, label: t("whom.field", { field: handle.text(each.label, each.key) }) }));
  const managers = (["supervisor", "region", "head"] as const).map((each) => ({
    value: each,
    label: t(`whom.${each}`),
  }));
  const options = [
    ...(all ? [{ value: "owner", label: t("whom.owner") }] : []),
    ...managers,
    ...roles,
    ...(all ? fields : []),
  ];
  return (
    <SelectProperty
      label={label}
      value={value ?? ""}
      options={options}
      empty={empty}
      required={required}
      onChange={(chosen) => onChange(chosen || undefined)}
    />
  );
}
