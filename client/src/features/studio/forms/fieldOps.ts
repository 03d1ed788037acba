/** Steps that add, copy, remove and rename fields of a form, with all that belongs to them. */
import type { Definitions, Entity, Field, Label, LayoutField, Op } from "@/api/types/studio";
import { distinctKey } from "../draft/keys";
import { applyOps } from "../draft/ops";
import { labelParts, newLabel } from "../parts/labels";
import { boardOf, groupsOf, layoutOps, type Place, placed, without } from "./arrangement";

/** Names in the builder's language for what a new field brings along. */
export interface NewNames {
  language: string;
  label: string;
  option: (number: number) => string;
  item: string;
  numbering: string;
}

const keysOf = (items: readonly { key: string }[] | undefined) => (items ?? []).map((each) => each.key);

export const entityOf = (definitions: Definitions, key: string): Entity | undefined =>
  definitions.entities?.find((each) => each.key === key);

/** A label unlike those of the other fields: formulas name fields by it. */
function freeLabel(entity: Entity, label: string): string {
  const taken = new Set(entity.fields.map((field) => (typeof field.label === "string" ? field.label : field.label.zh)));
  if (!taken.has(label)) return label;
  let number = 2;
  while (taken.has(`${label}${number}`)) number += 1;
  return `${label}${number}`;
}

interface Brought {
  options?: Record<string, unknown>;
  ops: Op[];
}

/** What a field of a type needs from the start: options to choose from, a target, a numbering, a table of its rows. */
function brought(definitions: Definitions, entity: Entity, type: string, names: NewNames): Brought {
  if (["single_select", "multi_select", "checklist"].includes(type)) {
    const options = [1, 2, 3].map((number) => ({
      key: `o${number}`,
      label: newLabel(names.option(number), names.language),
    }));
    return { options: { options }, ops: [] };
  }
  const others = (definitions.entities ?? []).filter((each) => !each.parent);
  if (type === "relation" || type === "many_to_many") {
    const target = others.find((each) => each.key !== entity.key) ?? entity;
    return { options: { target: target.key }, ops: [] };
  }
  if (type === "auto_number") return newNumbering(definitions, entity, names);
  if (type === "sub_table") return newRows(definitions, entity, names);
  if (type === "formula") return { options: { formula: "0" }, ops: [] };
  if (type === "lookup") return { options: firstLookup(definitions, entity), ops: [] };
  if (type === "rollup")
    return {
      options: { children: firstCollection(definitions, entity), aggregate: "count", result: "integer" },
      ops: [],
    };
  return { ops: [] };
}

function newNumbering(definitions: Definitions, entity: Entity, names: NewNames): Brought {
  const key = distinctKey(`${entity.key.slice(0, 34)}_no`, keysOf(definitions.numberings));
  const value = {
    key,
    label: newLabel(names.numbering, names.language),
    pattern: "{yyyy}{mm}-{seq:4}",
    reset: "month",
  };
  return { options: { numbering: key }, ops: [{ op: "put", path: ["numberings", key], value }] };
}

function newRows(definitions: Definitions, entity: Entity, names: NewNames): Brought {
  const key = distinctKey(`${entity.key.slice(0, 32)}_rows`, keysOf(definitions.entities));
  const name: Field = { key: "name", label: newLabel(names.item, names.language), type: "text" };
  const value: Entity = {
    key,
    label: newLabel(names.label, names.language),
    title: "name",
    parent: entity.key,
    fields: [name],
  };
  return { options: { entity: key }, ops: [{ op: "put", path: ["entities", key], value }] };
}

function firstLookup(definitions: Definitions, entity: Entity): Record<string, unknown> {
  const relation = entity.fields.find((field) => field.type === "relation");
  const target = relation && entityOf(definitions, String(relation.options?.target));
  return { relation: relation?.key ?? "owner", field: target?.title ?? "name" };
}

function firstCollection(definitions: Definitions, entity: Entity): string {
  const own = entity.fields.find((field) => field.type === "sub_table" || field.type === "many_to_many");
  if (own) return own.key;
  const leads = (each: Entity) =>
    each.fields.some((field) => field.type === "relation" && field.options?.target === entity.key);
  return (definitions.entities ?? []).find(leads)?.key ?? "";
}

/** Puts a field of the form's own into the form, at a place or at the end. */
function putOps(entity: Entity, field: Field, place: Place | null, like?: LayoutField): Op[] {
  const path = ["entities", entity.key, "fields", field.key];
  const ops: Op[] = [{ op: "put", path, value: field }];
  if (!entity.layout) {
    if (place?.before) ops.push({ op: "place", path, before: place.before });
    return ops;
  }
  const next = { ...entity, fields: [...entity.fields, field] };
  const board = boardOf(next);
  const last = groupsOf(boardOf(entity)).at(-1);
  const at = place ?? (last ? { group: last.key, before: null } : null);
  const arranged = at ? placed(board, field.key, at) : board;
  const width = like?.width;
  if (width)
    for (const each of groupsOf(arranged).flatMap((group) => group.fields))
      if (each.key === field.key) each.width = width;
  return [...ops, ...layoutOps(next, arranged)];
}

/** Adds a field of a type; its key follows from its type until it gets a name of its own. */
export function addField(definitions: Definitions, entity: Entity, type: string, names: NewNames, place: Place | null) {
  const taken = keysOf(entity.fields);
  const key = distinctKey(type.slice(0, 36), taken);
  const label = freeLabel(entity, names.label);
  const extra = brought(definitions, entity, type, { ...names, label });
  const field: Field = { key, label: newLabel(label, names.language), type };
  if (extra.options) field.options = extra.options;
  return { key, ops: [...extra.ops, ...putOps(entity, field, place)] };
}

/** Copies a field behind itself. Automatic values stay with the original; rows get a table of their own. */
export function duplicateField(definitions: Definitions, entity: Entity, key: string, names: NewNames) {
  const field = entity.fields.find((each) => each.key === key);
  if (!field) return null;
  const copy = distinctKey(key, keysOf(entity.fields));
  const label = freeLabel(entity, names.label);
  const extra =
    field.type === "sub_table"
      ? newRows(definitions, entity, { ...names, label })
      : { ops: [] as Op[], options: undefined };
  const value: Field = { ...field, key: copy, label: newLabel(label, names.language) };
  if (extra.options) value.options = { ...field.options, ...extra.options };
  const place = behind(entity, key);
  const like = groupsOf(boardOf(entity))
    .flatMap((group) => group.fields)
    .find((each) => each.key === key);
  return { key: copy, ops: [...extra.ops, ...putOps(entity, value, place, like)] };
}

/** Names a field; the table of its rows bears the same name until it is given one of its own. */
export function nameField(definitions: Definitions, entity: Entity, field: Field, label: Label): Op[] {
  const ops: Op[] = [{ op: "put", path: ["entities", entity.key, "fields", field.key, "label"], value: label }];
  const rows = field.type === "sub_table" ? entityOf(definitions, String(field.options?.entity)) : undefined;
  if (rows && JSON.stringify(labelParts(rows.label)) === JSON.stringify(labelParts(field.label)))
    ops.push({ op: "put", path: ["entities", rows.key, "label"], value: label });
  return ops;
}

function behind(entity: Entity, key: string): Place | null {
  for (const group of groupsOf(boardOf(entity))) {
    const at = group.fields.findIndex((each) => each.key === key);
    if (at >= 0) return { group: group.key, before: group.fields[at + 1]?.key ?? null };
  }
  return null;
}

/** Takes a field out, with its place in the layout, its share in groups of duplicates, and the table of its rows. */
export function removeField(definitions: Definitions, entity: Entity, key: string): Op[] {
  const path = ["entities", entity.key];
  const field = entity.fields.find((each) => each.key === key);
  const ops: Op[] = entity.layout ? layoutOps(entity, without(boardOf(entity), key)) : [];
  if (entity.duplicates?.some((group) => group.includes(key))) {
    const groups = entity.duplicates.map((group) => group.filter((each) => each !== key));
    ops.push({ op: "put", path: [...path, "duplicates"], value: groups.filter((group) => group.length > 0) });
  }
  ops.push({ op: "drop", path: [...path, "fields", key] });
  const rows = field?.type === "sub_table" ? String(field.options?.entity ?? "") : "";
  if (entityOf(definitions, rows)?.parent === entity.key) ops.push({ op: "drop", path: ["entities", rows] });
  return ops;
}

/** Whether anything but the field itself and its place names a key of an entity's field. */
export function isNamed(definitions: Definitions, entity: Entity, key: string): boolean {
  const rest = applyOps(definitions, removeField(definitions, entity, key));
  const own = entityOf(rest, entity.key);
  if (own?.title === key) return true;
  return mentions(rest, key, "");
}

/** Properties whose texts never name a field, however they read. */
const WORDS = new Set(["key", "type", "kind", "op", "do", "icon", "colour", "result", "zh", "en", "reset", "version"]);
/** Mappings whose keys are fields. */
const BY_FIELD = new Set(["values", "fields"]);

function mentions(value: unknown, key: string, at: string): boolean {
  if (typeof value === "string") {
    if (WORDS.has(at)) return false;
    return value === key || [`{${key}}`, `{${key}.`, `.${key}}`, `.${key}.`].some((each) => value.includes(each));
  }
  if (Array.isArray(value)) return value.some((each) => mentions(each, key, at));
  if (typeof value !== "object" || value === null) return false;
  if (BY_FIELD.has(at) && Object.hasOwn(value, key)) return true;
  return Object.entries(value).some(([name, each]) => mentions(each, key, name));
}

/** Gives a field that nothing names yet another key. */
export function rekeyField(entity: Entity, key: string, next: string): Op[] {
  const field = entity.fields.find((each) => each.key === key);
  if (!field || next === key) return [];
  const at = entity.fields.indexOf(field);
  const path = ["entities", entity.key, "fields"];
  const ops: Op[] = [
    { op: "put", path: [...path, next], value: { ...field, key: next } },
    { op: "place", path: [...path, next], before: key },
    { op: "drop", path: [...path, key] },
  ];
  const fields = entity.fields.with(at, { ...field, key: next });
  const swap = (each: string) => (each === key ? next : each);
  if (entity.layout) {
    const board = boardOf(entity);
    const tabs = board.tabs.map((tab) => ({
      ...tab,
      groups: tab.groups.map((group) => ({
        ...group,
        fields: group.fields.map((one) => ({ ...one, key: swap(one.key) })),
      })),
    }));
    ops.push(...layoutOps({ ...entity, fields }, { tabs, hidden: board.hidden.map(swap) }));
  }
  if (entity.title === key) ops.push({ op: "put", path: ["entities", entity.key, "title"], value: next });
  const duplicates = entity.duplicates?.map((group) => group.map(swap));
  if (duplicates) ops.push({ op: "put", path: ["entities", entity.key, "duplicates"], value: duplicates });
  return ops;
}
