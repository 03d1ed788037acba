import { Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, ExternalLink, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Entity, Field } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { IconButton } from "@/ui/Button";
import { NativeSelect, TextInput } from "@/ui/controls";
import { useDraft } from "../../draft/useDraft";
import { labelText, withText } from "../../parts/labels";
import { SelectProperty } from "../../parts/PropertyPanel";
import { useBuffered } from "../../parts/useBuffered";
import styles from "../Forms.module.css";
import { addField, entityOf, removeField } from "../fieldOps";
import { useDesigner } from "../useDesigner";
import type { SettingProps } from "./Settings";

/** Types that fit into a cell, and need nothing else to begin with. */
const SIMPLE = [
  "text",
  "long_text",
  "integer",
  "decimal",
  "money",
  "percent",
  "date",
  "switch",
  "single_select",
  "relation",
  "user",
  "formula",
];

function Column({ child, column, at }: { child: Entity; column: Field; at: number }) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { definitions } = useDraft();
  const { edit, typeOf } = useDesigner();
  const path = ["entities", child.key, "fields", column.key];
  const label = labelText(column.label, language);
  const done = t("done.column", { column: label });
  const buffered = useBuffered(label, (text) =>
    edit([{ op: "put", path: [...path, "label"], value: withText(column.label, language, text) }], done),
  );
  const before = child.fields[at - 1];
  const behind = child.fields[at + 2];
  return (
    <li>
      <TextInput
        aria-label={t("rows.name", { number: at + 1 })}
        value={buffered.value}
        onChange={(event) => buffered.set(event.target.value)}
        onBlur={buffered.flush}
      />
      <span className={styles.columnType}>{typeOf(column.type)?.label ?? column.type}</span>
      <IconButton
        small
        label={t("rows.up", { column: label })}
        disabled={at === 0}
        onClick={() => before && edit([{ op: "place", path, before: before.key }], done)}
      >
        <ArrowUp size={14} />
      </IconButton>
      <IconButton
        small
        label={t("rows.down", { column: label })}
        disabled={at === child.fields.length - 1}
        onClick={() => edit([{ op: "place", path, before: behind?.key ?? null }], done)}
      >
        <ArrowDown size={14} />
      </IconButton>
      <IconButton
        small
        label={t("rows.remove", { column: label })}
        disabled={child.title === column.key}
        onClick={() => edit(removeField(definitions, child, column.key), done)}
      >
        <Trash2 size={14} />
      </IconButton>
    </li>
  );
}

/** The table of a sub-table's rows: its columns, in place. */
export function RowsSetting({ setting, value, onChange, problem }: SettingProps) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { definitions } = useDraft();
  const { entity, edit, types, typeOf } = useDesigner();
  const own = (definitions.entities ?? []).filter((each) => each.parent === entity.key);
  const child = entityOf(definitions, typeof value === "string" ? value : "");
  const add = (type: string) => {
    if (!child) return;
    const label = typeOf(type)?.label ?? type;
    const names = {
      language,
      label,
      option: (number: number) => t("new.option", { number }),
      item: label,
      numbering: label,
    };
    edit(addField(definitions, child, type, names, null).ops, t("done.column", { column: label }));
  };
  return (
    <>
      {(own.length > 1 || !child) && (
        <SelectProperty
          label={setting.label}
          value={child?.key ?? ""}
          problem={problem}
          onChange={onChange}
          options={own.map((each) => ({ value: each.key, label: labelText(each.label, language) }))}
        />
      )}
      {child && (
        <fieldset className={styles.columns}>
          <legend>{t("rows.columns")}</legend>
          <ol>
            {child.fields.map((column, at) => (
              <Column key={column.key} child={child} column={column} at={at} />
            ))}
          </ol>
          <div className={styles.addColumn}>
            <Plus size={14} aria-hidden="true" />
            <NativeSelect aria-label={t("rows.add")} value="" onChange={(event) => add(event.target.value)}>
              <option value="">{t("rows.add")}</option>
              {types.types
                .filter((each) => SIMPLE.includes(each.key))
                .map((each) => (
                  <option key={each.key} value={each.key}>
                    {each.label}
                  </option>
                ))}
            </NativeSelect>
          </div>
          <Link to="/studio/forms/$entity" params={{ entity: child.key }} className={styles.link}>
            <ExternalLink size={13} aria-hidden="true" />
            {t("rows.open")}
          </Link>
        </fieldset>
      )}
    </>
  );
}
