import { useTranslation } from "react-i18next";
import { shownAs } from "@/model/catalogue";
import { fieldEditors } from "../editors";
import type { FieldEditor, FilterProps } from "../module";

/** Values that the platform makes: a form says so instead of offering a control. */
function ComputedEdit() {
  const { t } = useTranslation("records");
  return <span style={{ color: "var(--ink-mute)", lineHeight: "var(--control)" }}>{t("computed")}</span>;
}

function ComputedFilter(props: FilterProps) {
  const field = shownAs(props.field);
  const Filter = field === props.field ? null : fieldEditors[field.type].Filter;
  return Filter ? <Filter {...props} field={field} /> : null;
}

export const computed: FieldEditor = { Edit: ComputedEdit, Filter: ComputedFilter };
