/** Reading values of records: own and system fields alike. */
import type { FieldDefinition, Json, RecordRow, Values } from "@/api/types";

const SYSTEM = new Set([
  "stage",
  "owner",
  "department",
  "stage_since",
  "created_at",
  "created_by",
  "updated_at",
  "updated_by",
  "frozen_until",
]);

export function fieldValue(row: RecordRow, key: string): Json {
  if (key in row.values) return row.values[key] ?? null;
  if (SYSTEM.has(key)) return (row[key as keyof RecordRow] as Json) ?? null;
  return null;
}

export function isEmptyValue(value: Json | undefined): boolean {
  if (value === null || value === undefined || value === "") return true;
  return Array.isArray(value) && value.length === 0;
}

export function sameValue(one: Json | undefined, other: Json | undefined): boolean {
  if (isEmptyValue(one) && isEmptyValue(other)) return true;
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Ids or keys in a value that may be one or several. */
export function listOf(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.filter((each): each is string => typeof each === "string");
  return typeof value === "string" && value !== "" ? [value] : [];
}

/** What a form sends: only what differs from how the record was. Files go as their ids. */
export function changedValues(fields: FieldDefinition[], before: Values, now: Values): Values {
  const changed: Values = {};
  for (const field of fields) {
    if (field.access !== "write" || field.is_computed) continue;
    if (!(field.key in now) || sameValue(before[field.key], now[field.key])) continue;
    changed[field.key] = forWriting(now[field.key] ?? null);
  }
  return changed;
}

/** Files are read with their names and written as ids. */
export function forWriting(value: Json): Json {
  if (Array.isArray(value)) return value.map((each) => (isFile(each) ? (each.id as string) : each));
  return isFile(value) ? (value.id as string) : value;
}

function isFile(value: Json): value is { [key: string]: Json } {
  return (
    value !== null && typeof value === "object" && !Array.isArray(value) && "content_type" in value && "id" in value
  );
}

/** The names in a text that the server wrote for several values, in either language; a single value has it whole. */
export function namesIn(display: string | undefined, count: number): string[] {
  if (!display) return [];
  return count > 1 ? display.split(/、|, /) : [display];
}
