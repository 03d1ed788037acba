import { Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { numberOption } from "@/model/catalogue";
import { listOf } from "@/model/values";
import { Check } from "@/ui/controls";
import { Tag } from "@/ui/surfaces";
import styles from "../fields.module.css";
import { ChoiceFilter } from "../filters/ChoiceFilter";
import { SwitchFilter } from "../filters/SwitchFilter";
import { KeywordFilter } from "../filters/TextFilter";
import type { EditProps, FieldEditor } from "../module";
import { useCatalogue } from "../useCatalogue";

/** Options that can be chosen, and those that already are, even if retired or not allowed any more. */
function useChoices({ field, value, allowed }: EditProps) {
  const catalogue = useCatalogue();
  const chosen = new Set(listOf(value));
  return catalogue
    .options(field)
    .filter((option) => chosen.has(option.key) || (!option.retired && (!allowed || allowed.includes(option.key))))
    .map((option) => ({
      value: option.key,
      title: option.label,
      label: (
        <Tag colour={option.colour} retired={option.retired}>
          {option.label}
        </Tag>
      ),
    }));
}

const byTitle = { filterOption: (input: string, option?: { title: string }) => option?.title.includes(input) ?? false };

function SingleSelectEdit(props: EditProps) {
  const { t } = useTranslation("common");
  const options = useChoices(props);
  const { ids, value, onChange } = props;
  return (
    <Select
      id={ids.id}
      aria-describedby={ids["aria-describedby"]}
      aria-invalid={ids["aria-invalid"]}
      aria-required={ids["aria-required"]}
      style={{ width: "100%" }}
      allowClear
      showSearch={byTitle}
      placeholder={t("actions.choose")}
      status={ids["aria-invalid"] ? "error" : ""}
      value={typeof value === "string" && value ? value : null}
      options={options}
      onChange={(key: string | undefined) => onChange(key ?? null)}
    />
  );
}

/** The option's own colour is frame enough. */
const BARE = { paddingInlineStart: 0, border: 0, background: "none" };

function MultiSelectEdit(props: EditProps) {
  const { t } = useTranslation("common");
  const options = useChoices(props);
  const { ids, value, onChange } = props;
  return (
    <Select
      mode="multiple"
      styles={{ item: BARE }}
      id={ids.id}
      aria-describedby={ids["aria-describedby"]}
      aria-invalid={ids["aria-invalid"]}
      aria-required={ids["aria-required"]}
      style={{ width: "100%" }}
      showSearch={byTitle}
      placeholder={t("actions.choose")}
      status={ids["aria-invalid"] ? "error" : ""}
      value={listOf(value)}
      options={options}
      onChange={(keys: string[]) => onChange(keys)}
    />
  );
}

function ChecklistEdit(props: EditProps) {
  const catalogue = useCatalogue();
  const { field, value, onChange, ids } = props;
  const ticked = listOf(value);
  return (
    <fieldset className={styles.checks} style={{ border: 0, margin: 0, padding: 0 }} aria-label={field.label}>
      {catalogue
        .options(field)
        .filter((option) => !option.retired || ticked.includes(option.key))
        .map((option, index) => (
          <Check
            key={option.key}
            {...(index === 0 ? { id: ids.id } : {})}
            checked={ticked.includes(option.key)}
            onChange={(on) => onChange(on ? [...ticked, option.key] : ticked.filter((each) => each !== option.key))}
          >
            {option.label}
          </Check>
        ))}
    </fieldset>
  );
}

function KeywordsEdit({ field, value, onChange, ids }: EditProps) {
  const { t } = useTranslation("records");
  const minimum = numberOption(field, "minimum") ?? numberOption(field, "min_items") ?? 0;
  return (
    <Select
      mode="tags"
      open={false}
      suffixIcon={null}
      id={ids.id}
      aria-describedby={ids["aria-describedby"]}
      aria-invalid={ids["aria-invalid"]}
      aria-required={ids["aria-required"]}
      style={{ width: "100%" }}
      tokenSeparators={[",", "，", "、", ";", "；"]}
      placeholder={minimum > 0 ? t("keywordsMinimum", { count: minimum }) : t("keywords")}
      status={ids["aria-invalid"] ? "error" : ""}
      value={listOf(value)}
      onChange={(words: string[]) => onChange(words.map((word) => word.trim()).filter(Boolean))}
    />
  );
}

function SwitchEdit({ value, onChange, ids }: EditProps) {
  return (
    <div className={styles.editRow} style={{ minHeight: "var(--control)" }}>
      <Switch id={ids.id} checked={value === true} onChange={(on) => onChange(on)} />
    </div>
  );
}

export const singleSelect: FieldEditor = { Edit: SingleSelectEdit, Filter: ChoiceFilter };
export const multiSelect: FieldEditor = { Edit: MultiSelectEdit, Filter: ChoiceFilter };
export const checklist: FieldEditor = { Edit: ChecklistEdit, Filter: ChoiceFilter };
export const keywordList: FieldEditor = { Edit: KeywordsEdit, Filter: KeywordFilter };
export const switchEditor: FieldEditor = { Edit: SwitchEdit, Filter: SwitchFilter };
