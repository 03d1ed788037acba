import type { FieldDefinition, Json, Values } from "@/api/types";
import { type Catalogue, textOption } from "@/model/catalogue";

export interface ChildRow {
  key: string;
  id: string | null;
  values: Values;
  display: Record<string, string>;
}

/** Under which a row carries what its references and options are called. */
const NAMES = "$display";

/** Rows of a sub-table as they come: flat objects, with an id where they are stored already. */
export function rowsOf(value: Json): ChildRow[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each, index) => {
    if (!each || typeof each !== "object" || Array.isArray(each)) return [];
    const { id, version: _version, position: _position, [NAMES]: display, ...values } = each;
    const names = display && typeof display === "object" && !Array.isArray(display) ? display : {};
    const identifier = typeof id === "string" ? id : null;
    return [{ key: identifier ?? `new-${index}`, id: identifier, values, display: names as Record<string, string> }];
  });
}

/** A row as it is sent; its names come along, so that the form still knows them. */
export function asJson({ id, values, display }: ChildRow): Json {
  const row: Record<string, Json> = { ...values };
  if (id) row.id = id;
  if (Object.keys(display).length > 0) row[NAMES] = display;
  return row;
}

/** A row with another value in one field; what the former value was called is forgotten. */
export function withValue(row: ChildRow, key: string, value: Json): ChildRow {
  const { [key]: _former, ...display } = row.display;
  return { ...row, values: { ...row.values, [key]: value }, display };
}

export function childFields(catalogue: Catalogue, field: FieldDefinition): FieldDefinition[] {
  return catalogue.entity(textOption(field, "entity") ?? "")?.fields ?? [];
}
