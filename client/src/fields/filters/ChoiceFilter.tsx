import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { listOf } from "@/model/values";
import { Tag } from "@/ui/surfaces";
import type { FilterProps } from "../module";
import { useCatalogue } from "../useCatalogue";

/** Retired options can still be searched for: old records hold them. */
export function ChoiceFilter({ field, operand, value, onChange, label }: FilterProps) {
  const { t } = useTranslation("common");
  const catalogue = useCatalogue();
  const options = catalogue.options(field).map((option) => ({
    value: option.key,
    title: option.label,
    label: (
      <Tag colour={option.colour} retired={option.retired}>
        {option.label}
      </Tag>
    ),
  }));
  const isMany = operand === "many";
  return (
    <Select
      {...(isMany ? { mode: "multiple" as const } : {})}
      aria-label={label}
      style={{ width: "100%" }}
      placeholder={t("actions.choose")}
      value={isMany ? listOf(value) : (listOf(value)[0] ?? null)}
      options={options}
      onChange={(next: string | string[]) => onChange(next)}
    />
  );
}
