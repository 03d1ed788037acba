import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { useDraft } from "../../draft/useDraft";
import { SelectProperty } from "../../parts/PropertyPanel";
import { addField } from "../fieldOps";
import { useDesigner } from "../useDesigner";
import { useField } from "./useField";

/** The field's type; a field that holds values may only become one that keeps them. */
export function TypeProperty({ field }: { field: Field }) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { definitions } = useDraft();
  const { entity, published, types, typeOf, name, edit } = useDesigner();
  const { problem } = useField(field);
  const held = published?.fields.find((each) => each.key === field.key);
  const fits = held ? new Set<string>([held.type, ...(typeOf(held.type)?.casts ?? [])]) : null;
  const isOwn = (key: string) => key === "sub_table" || key === "auto_number";
  const offered = types.types.filter(
    (each) => each.key === field.type || ((fits?.has(each.key) ?? true) && !isOwn(each.key)),
  );
  const change = (key: string) => {
    const type = typeOf(key);
    if (!type) return;
    const names = {
      language,
      label: type.label,
      option: (number: number) => t("new.option", { number }),
      item: "",
      numbering: "",
    };
    const fresh = addField(definitions, { ...entity, layout: undefined }, key, names, null);
    const made = fresh.ops.find((op) => op.op === "put" && op.path[2] === "fields");
    const settings = made?.op === "put" ? (made.value as Field).options : undefined;
    const kept = Object.fromEntries(
      Object.entries(field.options ?? {}).filter(([option]) => type.settings.some((each) => each.key === option)),
    );
    const options = { ...settings, ...kept };
    const { takes } = type;
    const value: Field = { ...field, type: key, options };
    if (Object.keys(options).length === 0) delete value.options;
    if (!takes.required) for (const each of ["required", "required_if"] as const) delete value[each];
    if (!takes.unique) delete value.unique;
    if (!takes.searchable) delete value.searchable;
    if (!takes.choices) delete value.options_if;
    for (const each of ["default", "set_when", "set_to"] as const) delete value[each];
    edit(
      [{ op: "put", path: ["entities", entity.key, "fields", field.key], value }],
      t("done.type", { field: name(field), type: type.label }),
    );
  };
  return (
    <SelectProperty
      label={t("field.type")}
      value={field.type}
      disabled={isOwn(field.type)}
      problem={problem("type")}
      help={held && offered.length > 1 ? t("field.typeHelp") : undefined}
      onChange={change}
      options={offered.map((each) => ({ value: each.key, label: each.label }))}
    />
  );
}
