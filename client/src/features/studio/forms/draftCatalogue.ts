/** The draft's definitions in the form that widgets know: what a client would see once they are published. */
import type {
  EntityDefinition,
  FieldDefinition,
  FieldTypeKey,
  FormLayout,
  Json,
  Definitions as Seen,
} from "@/api/types";
import { FIELD_TYPES } from "@/api/types";
import type { Definitions, Entity, Field, Label } from "@/api/types/studio";
import { labelText } from "../parts/labels";

const KNOWN = new Set<string>(FIELD_TYPES);
const ALL = { create: true, read: true, update: true, delete: true, move: true, import: true, export: true };
const COMPUTED = new Set(["formula", "lookup", "rollup", "auto_number"]);

const isLabel = (value: unknown): value is Label =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).length > 0 &&
  Object.keys(value).every((key) => key === "zh" || key === "en");

/** Settings with their labels as plain text. */
function spoken(value: unknown, language: string): Json {
  if (isLabel(value)) return labelText(value, language);
  if (Array.isArray(value)) return value.map((each) => spoken(each, language));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, spoken(each, language)]));
  return (value ?? null) as Json;
}

export function seenField(field: Field, language: string): FieldDefinition {
  const type = (KNOWN.has(field.type) ? field.type : "text") as FieldTypeKey;
  return {
    key: field.key,
    label: labelText(field.label, language) || field.key,
    type,
    options: spoken(field.options ?? {}, language) as Record<string, Json>,
    required: field.required ?? false,
    unique: field.unique ?? false,
    help: field.help ? labelText(field.help, language) : null,
    visible_if: field.visible_if ?? null,
    required_if: field.required_if ?? null,
    options_if: field.options_if ?? {},
    tip_if: Object.fromEntries(
      Object.entries(field.tip_if ?? {}).map(([formula, label]) => [formula, labelText(label, language)]),
    ),
    default: field.default ?? null,
    access: COMPUTED.has(field.type) ? "read" : "write",
    operators: [],
    is_computed: COMPUTED.has(field.type),
    sortable: false,
    hidden: field.hidden ?? false,
  };
}

function seenLayout(entity: Entity, language: string): FormLayout | null {
  const { layout } = entity;
  if (!layout) return null;
  const text = (label: Label | undefined) => (label ? labelText(label, language) || null : null);
  return {
    tabs: (layout.tabs ?? []).map((tab) => ({
      key: tab.key,
      label: text(tab.label),
      groups: (tab.groups ?? []).map((group) => ({
        key: group.key,
        label: text(group.label),
        columns: group.columns ?? 2,
        fold: group.fold ?? "never",
        fields: (group.fields ?? []).map((each) => ({ key: each.key, width: each.width ?? null })),
      })),
    })),
    hidden: layout.hidden ?? [],
  };
}

export function seenEntity(entity: Entity, language: string): EntityDefinition {
  return {
    key: entity.key,
    label: labelText(entity.label, language) || entity.key,
    title: entity.title,
    icon: entity.icon ?? "table",
    parent: entity.parent ?? null,
    can: ALL,
    fields: entity.fields.map((field) => seenField(field, language)),
    duplicates: entity.duplicates ?? [],
    layout: seenLayout(entity, language),
  };
}

/** The definitions as widgets know them; what is no part of forms is taken from the published ones. */
export function seenDefinitions(draft: Definitions, published: Seen, language: string): Seen {
  return {
    ...published,
    entities: (draft.entities ?? []).map((entity) => seenEntity(entity, language)),
    option_sets: (draft.option_sets ?? []).map((set) => ({
      key: set.key,
      label: labelText(set.label, language),
      options: set.options.map((option) => ({
        key: option.key,
        label: labelText(option.label, language),
        colour: option.colour ?? "grey",
        retired: option.retired ?? false,
        parent: option.parent ?? null,
      })),
    })),
  };
}
