/** Which columns a list shows. */
import type { EntityDefinition, FieldDefinition, ViewDefinition } from "@/api/types";
import type { Catalogue } from "./catalogue";

const UNLISTED = new Set(["sub_table", "rich_text", "long_text", "file", "image", "audio", "video", "signature"]);
const DEFAULT_COUNT = 8;

/** Columns of a view, or a sensible choice: the name first, then what fits a row. */
export function columnKeys(catalogue: Catalogue, entity: EntityDefinition, view?: ViewDefinition | null): string[] {
  if (view && view.columns.length > 0) return view.columns;
  const own = entity.fields.filter((field) => !UNLISTED.has(field.type) && field.key !== entity.title);
  const stage = catalogue.process(entity.key) ? ["stage"] : [];
  return [entity.title, ...stage, ...own.slice(0, DEFAULT_COUNT).map((field) => field.key), "owner", "updated_at"];
}

/** The fields behind column keys; what the member may not see is left out. */
export function columnFields(catalogue: Catalogue, entity: string, columns: string[]): FieldDefinition[] {
  return columns.flatMap((key) => catalogue.field(entity, key) ?? []);
}

/** Every field that could be a column. */
export function possibleColumns(catalogue: Catalogue, entity: EntityDefinition): FieldDefinition[] {
  const own = entity.fields.filter((field) => field.type !== "sub_table");
  return [...own, ...catalogue.systemFields(entity.key)];
}
