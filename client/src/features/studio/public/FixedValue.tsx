import { useTranslation } from "react-i18next";
import type { Entity } from "@/api/types/studio";
import { NativeSelect, TextInput } from "@/ui/controls";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../parts/labels";

/** A value that every record of a public form gets. */
export function FixedValue({
  field,
  value,
  onChange,
}: {
  field: Entity["fields"][number] | undefined;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t, i18n } = useTranslation("entrances");
  const { definitions } = useDraft();
  const set = definitions.option_sets?.find((each) => each.key === field?.options?.set);
  const options = set?.options ?? (field?.options?.options as { key: string; label: string }[] | undefined);
  if (field?.type !== "single_select")
    return (
      <TextInput aria-label={t("public.values")} value={value} onChange={(event) => onChange(event.target.value)} />
    );
  return (
    <NativeSelect aria-label={t("public.values")} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="" />
      {options?.map((each) => (
        <option key={each.key} value={each.key}>
          {labelText(each.label, i18n.language)}
        </option>
      ))}
    </NativeSelect>
  );
}
