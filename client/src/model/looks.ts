/** How a view paints records: by its conditions, which the server tests row by row, or by the colour of an option. */
import type { Condition, RecordRow, ViewDefinition } from "@/api/types";
import type { Catalogue } from "./catalogue";
import { fieldValue } from "./values";

type Painted = Pick<ViewDefinition, "colours"> | null | undefined;

/** The conditions that rows are tested for. */
export function marksOf(view: Painted): Condition[] {
  return view?.colours.map((rule) => rule.when) ?? [];
}

/** The colour of the first rule that holds for the whole row. */
export function rowColour(view: Painted, row: RecordRow | undefined): string | null {
  const at = row?.marks?.find((mark) => !view?.colours[mark]?.field);
  return at === undefined ? null : (view?.colours[at]?.colour ?? null);
}

/** The colour of the first rule that holds for one field of the row. */
export function fieldColour(view: Painted, row: RecordRow | undefined, field: string): string | null {
  const at = row?.marks?.find((mark) => view?.colours[mark]?.field === field);
  return at === undefined ? null : (view?.colours[at]?.colour ?? null);
}

/** The colour of the option, or stage, that a record has in a field. */
export function optionColour(catalogue: Catalogue, row: RecordRow, field: string | null | undefined): string | null {
  if (!field) return null;
  const value = field === "stage" ? row.stage : fieldValue(row, field);
  return choiceColour(catalogue, row.entity, field, value);
}

/** The colour of a stage or an option of a field. */
export function choiceColour(
  catalogue: Catalogue,
  entity: string,
  field: string | null | undefined,
  value: unknown,
): string | null {
  if (!field || typeof value !== "string") return null;
  if (field === "stage") return catalogue.stage(entity, value)?.colour ?? null;
  const definition = catalogue.field(entity, field);
  return definition ? (catalogue.options(definition).find((each) => each.key === value)?.colour ?? null) : null;
}

/** What a record is called in a view: the chosen field as text, or its title. */
export function nameOf(row: RecordRow, field: string | null | undefined): string {
  if (!field) return row.title;
  const value = row.display[field] ?? fieldValue(row, field);
  return value === null || value === "" ? row.title : String(value);
}
