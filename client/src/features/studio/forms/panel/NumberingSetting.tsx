import { useTranslation } from "react-i18next";
import type { Numbering } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { distinctKey } from "../../draft/keys";
import { useDraft } from "../../draft/useDraft";
import { labelText, newLabel } from "../../parts/labels";
import { SelectProperty, TextProperty } from "../../parts/PropertyPanel";
import styles from "../Forms.module.css";
import { useDesigner } from "../useDesigner";
import type { SettingProps } from "./Settings";

const NEW = "~new";

/** What a numbering would give today. */
function example(numbering: Numbering, today: Date): string {
  const parts: Record<string, string> = {
    yyyy: String(today.getFullYear()),
    yy: String(today.getFullYear()).slice(2),
    mm: String(today.getMonth() + 1).padStart(2, "0"),
    dd: String(today.getDate()).padStart(2, "0"),
  };
  return numbering.pattern.replace(/\{(\w+)(?::(\d+))?\}/g, (whole, name: string, width?: string) =>
    name === "seq" ? String(numbering.start ?? 1).padStart(Number(width ?? 1), "0") : (parts[name] ?? whole),
  );
}

/** Which numbering gives the numbers, and how it writes them. */
export function NumberingSetting({ setting, field, value, onChange, problem }: SettingProps) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { definitions, problemsAt } = useDraft();
  const { entity, edit, name } = useDesigner();
  const all = definitions.numberings ?? [];
  const found = all.find((each) => each.key === value);
  const path = ["numberings", found?.key ?? ""];
  const done = t("done.changed", { field: name(field) });
  const create = () => {
    const key = distinctKey(
      `${entity.key.slice(0, 34)}_no`,
      all.map((each) => each.key),
    );
    const numbering: Numbering = {
      key,
      label: newLabel(name(field), language),
      pattern: "{yyyy}{mm}-{seq:4}",
      reset: "month",
    };
    const options = { ...field.options, numbering: key };
    edit(
      [
        { op: "put", path: ["numberings", key], value: numbering },
        { op: "put", path: ["entities", entity.key, "fields", field.key, "options"], value: options },
      ],
      done,
    );
  };
  return (
    <>
      <SelectProperty
        label={setting.label}
        value={typeof value === "string" ? value : ""}
        problem={problem}
        onChange={(key) => (key === NEW ? create() : onChange(key))}
        options={[
          ...all.map((each) => ({ value: each.key, label: `${labelText(each.label, language)} (${each.pattern})` })),
          { value: NEW, label: t("numbering.new") },
        ]}
      />
      {found && (
        <div className={styles.item}>
          <TextProperty
            label={t("numbering.pattern")}
            help={t("numbering.help")}
            value={found.pattern}
            problem={problemsAt([...path, "pattern"])[0]?.message}
            onChange={(pattern) => edit([{ op: "put", path: [...path, "pattern"], value: pattern }], done)}
          />
          <SelectProperty
            label={t("numbering.reset")}
            value={found.reset ?? "never"}
            onChange={(reset) => edit([{ op: "put", path: [...path, "reset"], value: reset }], done)}
            options={(["never", "year", "month", "day"] as const).map((each) => ({
              value: each,
              label: t(`numbering.resets.${each}`),
            }))}
          />
          <p className={styles.hint}>{t("numbering.example", { number: example(found, new Date()) })}</p>
        </div>
      )}
    </>
  );
}
