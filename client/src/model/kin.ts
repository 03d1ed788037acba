/** Which records are near to one that is being filled in: contacts of the customer that it names already. */
import type { Condition, EntityDefinition, FieldDefinition, Values } from "@/api/types";
import { textOption } from "./catalogue";
import { listOf } from "./values";

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
