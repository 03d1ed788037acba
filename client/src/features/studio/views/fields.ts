/** The fields that a view or block may name: those of the draft, and those that every record has. */
import type { Definitions, Field, Label } from "@/api/types/studio";
import { labelText } from "../parts/labels";

export interface FieldChoice {
  key: string;
  label: string;
  /** The type it shows as. */
  type: string;
}

const SYSTEM: { key: string; type: string }[] = [
  { key: "stage", type: "single_select" },
  { key: "owner", type: "user" },
  { key: "department", type: "department" },
  { key: "stage_since", type: "date_time" },
  { key: "created_at", type: "date_time" },
  { key: "created_by", type: "user" },
  { key: "updated_at", type: "date_time" },
  { key: "updated_by", type: "user" },
];

type SystemName = (key: string) => string;

const COMPUTED = new Set(["formula", "lookup", "rollup"]);

/** The type that a field shows as: a computed one that says nothing gives a decimal. */
function shownType({ type, options }: Pick<Field, "type" | "options">): string {
  if (typeof options?.result === "string") return options.result;
  return COMPUTED.has(type) ? "decimal" : type;
}

export function fieldChoices(
  definitions: Definitions,
  entity: string,
  language: string,
  systemName: SystemName,
): FieldChoice[] {
  const found = definitions.entities?.find((each) => each.key === entity);
  const hasProcess = definitions.processes?.some((each) => each.entity === entity) ?? false;
  const own = (found?.fields ?? []).map((field) => ({
    key: field.key,
    label: labelText(field.label as Label, language) || field.key,
    type: shownType(field),
  }));
  const system = SYSTEM.filter(({ key }) => hasProcess || !key.startsWith("stage")).map(({ key, type }) => ({
    key,
    type,
    label: systemName(key),
  }));
  return [...own, ...system];
}

export const MOMENTS = ["date", "date_time"];
export const PICTURES = ["image", "file", "video", "signature"];
export const FIGURES = ["integer", "decimal", "money", "percent", "rating", "duration"];
const UNLISTED = new Set(["sub_table", "rich_text", "long_text"]);
const GROUPED = new Set([
  "single_select",
  "multi_select",
  "user",
  "department",
  "relation",
  "region",
  "switch",
  "rating",
  "integer",
  "text",
  ...MOMENTS,
]);

export const ofTypes = (fields: FieldChoice[], types: readonly string[]) =>
  fields.filter((field) => types.includes(field.type));
export const listable = (fields: FieldChoice[]) => fields.filter((field) => !UNLISTED.has(field.type));
export const groupable = (fields: FieldChoice[]) => fields.filter((field) => GROUPED.has(field.type));
export const laneable = (fields: FieldChoice[]) =>
  ofTypes(fields, ["single_select", "user", "department", "relation", "switch"]);

/** What can be worked out of a field. */
export function measuresFor(type: string): string[] {
  if (FIGURES.includes(type)) return ["sum", "avg", "min", "max", "count", "count_distinct"];
  return MOMENTS.includes(type) ? ["min", "max", "count"] : ["count", "count_distinct"];
}
