import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { listOf } from "@/model/values";
import { TextInput } from "@/ui/controls";
import type { FilterProps } from "../module";

function Words({ value, onChange, label }: FilterProps) {
  const { t } = useTranslation("records");
  return (
    <Select
      mode="tags"
      open={false}
      suffixIcon={null}
      aria-label={label}
      style={{ width: "100%" }}
      placeholder={t("filter.words")}
      value={listOf(value)}
      onChange={(words: string[]) => onChange(words)}
    />
  );
}

export function TextFilter(props: FilterProps) {
  if (props.operand === "many") return <Words {...props} />;
  return (
    <TextInput
      aria-label={props.label}
      value={typeof props.value === "string" ? props.value : ""}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

/** Lists of words: one word or several. */
export function KeywordFilter(props: FilterProps) {
  return <TextFilter {...props} />;
}
