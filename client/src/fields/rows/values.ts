import type { FieldDefinition, Json, Values } from "@/api/types";
import { type Catalogue, textOption } from "@/model/catalogue";

export interface ChildRow {
  key: string;
  id: string | null;
  values: Values;
  display: Record<string, string>;
}

/** Rows of a sub-table as they come: flat objects, with an id where they are stored already. */
export function rowsOf(value: Json): ChildRow[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each, index) => {
    if (!each || typeof each !== "object" || Array.isArray(each)) return [];
    const { id, display, values, ...flat } = each;
    const inner = values && typeof values === "object" && !Array.isArray(values) ? values : flat;
    const names = display && typeof display === "object" && !Array.isArray(display) ? display : {};
    const identifier = typeof id === "string" ? id : null;
    return [
      { key: identifier ?? `new-${index}`, id: identifier, values: inner, display: names as Record<string, string> },
    ];
  });
}

export function childFields(catalogue: Catalogue, field: FieldDefinition): FieldDefinition[] {
  return catalogue.entity(textOption(field, "entity") ?? "")?.fields ?? [];
}
