import { useTranslation } from "react-i18next";
import type { Definitions, Entity, Field } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { useDraft } from "../../draft/useDraft";
import { FormulaInput } from "../../parts/FormulaInput";
import { labelText } from "../../parts/labels";
import { SelectProperty } from "../../parts/PropertyPanel";
import { entityOf } from "../fieldOps";
import { useDesigner } from "../useDesigner";
import { NarrowSetting } from "./NarrowSetting";
import { FormatSettings, type SettingProps } from "./Settings";

interface Named {
  value: string;
  label: string;
}

/** Records that belong to one of a form's: rows of its sub-tables, its lists, and forms that lead to it. */
function collectionsOf(definitions: Definitions, entity: Entity, language: string): (Named & { entity: string })[] {
  const own = entity.fields
    .filter((field) => field.type === "sub_table" || field.type === "many_to_many")
    .map((field) => ({
      value: field.key,
      label: labelText(field.label, language),
      entity: String(field.options?.entity ?? field.options?.target ?? ""),
    }));
  const leading = (definitions.entities ?? [])
    .filter((each) => each.fields.some((field) => field.type === "relation" && field.options?.target === entity.key))
    .map((each) => ({ value: each.key, label: labelText(each.label, language), entity: each.key }));
  return [...own, ...leading];
}

/** Where a reference leads: to a form, or to people. */
function targetOf(field: Field | undefined): string | null {
  if (field?.type === "relation") return String(field.options?.target ?? "");
  return field?.type === "user" ? "member" : null;
}

function useLinks(field: Field) {
  const { t } = useTranslation(["forms", "common"]);
  const language = useLanguage();
  const { definitions } = useDraft();
  const { entity, types } = useDesigner();
  const named = (items: readonly { key: string; label: unknown }[]): Named[] =>
    items.map((each) => ({ value: each.key, label: labelText(each.label as Field["label"], language) }));
  const relation = entity.fields.find((each) => each.key === field.options?.relation);
  const people: Named[] = ["name", "email", "phone"].map((value) => ({
    value,
    label: t(`forms:people.${value as "name"}`),
  }));
  const target = relation ? targetOf(relation) : field.options?.relation ? "member" : null;
  const collections = collectionsOf(definitions, entity, language);
  const collection = collections.find((each) => each.value === field.options?.children);
  return {
    entities: named((definitions.entities ?? []).filter((each) => !each.parent)),
    relations: [
      ...named(entity.fields.filter((each) => targetOf(each) !== null)),
      { value: "owner", label: t("common:system.owner") },
      { value: "created_by", label: t("common:system.created_by") },
    ],
    related: target === "member" ? people : named(entityOf(definitions, target ?? "")?.fields ?? []),
    collections,
    collection,
    measured: named(entityOf(definitions, collection?.entity ?? "")?.fields ?? []),
    results: types.results,
  };
}

/** A setting whose choices come from the other definitions. */
export function LinkedSetting({ setting, field, value, onChange, problem }: SettingProps) {
  const { t } = useTranslation("forms");
  const { entity } = useDesigner();
  const links = useLinks(field);
  const text = typeof value === "string" ? value : "";
  const shared = { label: setting.label, help: setting.help ?? undefined, problem, onChange };
  const choose = (options: Named[], empty?: string) => (
    <SelectProperty {...shared} value={text} options={options} empty={empty} required={setting.required} />
  );
  switch (setting.kind) {
    case "entity":
      return choose(links.entities);
    case "own_relation":
      return choose(links.relations);
    case "related_field":
      return choose(links.related);
    case "narrow":
      return <NarrowSetting {...{ setting, field, value, onChange, problem }} />;
    case "collection":
      return choose(links.collections);
    case "collection_field":
      return field.options?.aggregate === "count" ? null : choose(links.measured, t("settings.chooseField"));
    case "result":
      return <SelectProperty {...shared} value={text || String(setting.default ?? "")} options={links.results} />;
    case "format":
      return (
        <FormatSettings
          field={field}
          type={String(field.options?.result ?? "decimal")}
          value={value}
          onChange={onChange}
        />
      );
    case "formula":
      return (
        <FormulaInput
          entity={entity.key}
          field={field.key}
          label={setting.label}
          value={text}
          problem={problem}
          onChange={onChange}
        />
      );
    case "collection_formula":
      return links.collection ? (
        <FormulaInput
          entity={links.collection.entity}
          expects="bool"
          label={setting.label}
          value={text}
          problem={problem}
          onChange={onChange}
        />
      ) : null;
    default:
      return null;
  }
}
