/** Records as entries of a calendar. */
import type { RecordRow, ViewDefinition } from "@/api/types";
import type { Catalogue } from "@/model/catalogue";
import { nameOf, optionColour, rowColour } from "@/model/looks";
import { fieldValue } from "@/model/values";
import { dayIn } from "../kinds/useDates";

export interface Entry {
  row: RecordRow;
  view: ViewDefinition;
  name: string;
  from: string;
  /** The last day. */
  to: string;
  /** The instant it starts at, where the field knows the time of day. */
  at: string | null;
}

/** Entries by day; a record that ends before it starts lies on the day of its start. */
export function entriesOf(rows: RecordRow[], view: ViewDefinition): Entry[] {
  const settings = view.calendar;
  if (!settings) return [];
  return rows.flatMap((row) => {
    const start = fieldValue(row, settings.start);
    const from = dayIn(start);
    if (!from) return [];
    const to = settings.end ? dayIn(fieldValue(row, settings.end)) : null;
    const at = typeof start === "string" && start.length > 10 ? start : null;
    return [{ row, view, name: nameOf(row, settings.title), from, to: to && to > from ? to : from, at }];
  });
}

export function onDay(entries: Entry[], day: string): Entry[] {
  return entries.filter((entry) => entry.from <= day && day <= entry.to);
}

export function colourOfEntry(catalogue: Catalogue, entry: Entry): string | null {
  return rowColour(entry.view, entry.row) ?? optionColour(catalogue, entry.row, entry.view.calendar?.colour);
}
