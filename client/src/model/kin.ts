/** Which records are near to one that is being filled in: contacts of the customer that it names already. */
import type { Condition, EntityDefinition, FieldDefinition, Json, Values } from "@/api/types";
import { textOption } from "./catalogue";
import { listOf, sameValue } from "./values";

const targetOf = (field: FieldDefinition): string | null =>
  field.type === "relation" ? (textOption(field, "target") ?? null) : null;

/** The record's relation that tells one record of the entity from another of the same name: a contact's customer. */
export function contextField(target: EntityDefinition | undefined): FieldDefinition | undefined {
  return target?.fields.find((field) => targetOf(field) !== null && targetOf(field) !== target.key);
}

/** The condition of those records that lead where the one being filled in leads; null: nothing tells. */
export function nearTo(
  target: EntityDefinition | undefined,
  entity: EntityDefinition | undefined,
  values: Values | undefined,
): Condition | null {
  const shared = contextField(target);
  if (!shared || !entity || !values) return null;
  const chosen = entity.fields
    .filter((field) => targetOf(field) === targetOf(shared))
    .flatMap((field) => listOf(values[field.key] ?? null));
  return chosen.length > 0 ? { field: shared.key, op: "in", value: chosen } : null;
}

/** What narrows a relation: the record's own field, and the field of the target that must hold the same. */
export function narrowOf(field: FieldDefinition): { field: string; by: string } | null {
  const narrow = field.options.narrow;
  if (!narrow || typeof narrow !== "object" || Array.isArray(narrow)) return null;
  return typeof narrow.field === "string" && typeof narrow.by === "string"
    ? { field: narrow.field, by: narrow.by }
    : null;
}

/** The condition of the only records that the relation takes; null: any, or nobody can tell before it is written. */
export function suiting(
  relation: FieldDefinition,
  target: EntityDefinition | undefined,
  values: Values | undefined,
): Condition | null {
  const narrow = narrowOf(relation);
  if (!narrow || !target?.fields.some((field) => field.key === narrow.by)) return null;
  const [wanted] = listOf(values?.[narrow.field] ?? null);
  return wanted === undefined ? null : { field: narrow.by, op: "eq", value: wanted };
}

/** The relations that a new value of a field empties: what was chosen there suited the value before. */
export function unsettled(fields: FieldDefinition[], values: Values, key: string, value: Json): string[] {
  const before = values[key] ?? null;
  if (before === null || value === null || sameValue(before, value)) return [];
  return fields.filter((field) => narrowOf(field)?.field === key && values[field.key]).map((field) => field.key);
}
