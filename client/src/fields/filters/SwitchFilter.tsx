import { useTranslation } from "react-i18next";
import { NativeSelect } from "@/ui/controls";
import type { FilterProps } from "../module";

export function SwitchFilter({ value, onChange, label }: FilterProps) {
  const { t } = useTranslation("common");
  return (
    <NativeSelect
      aria-label={label}
      value={value === null ? "" : String(value)}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value === "true")}
    >
      <option value="">{t("actions.choose")}</option>
      <option value="true">{t("actions.yes")}</option>
      <option value="false">{t("actions.no")}</option>
    </NativeSelect>
  );
}
