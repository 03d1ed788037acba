/** From a layout to what is drawn: tabs of groups of fields, whatever the layout leaves unsaid filled in. */
import type { FieldDefinition, FormLayout } from "@/api/types";

export interface PlacedField {
  field: FieldDefinition;
  /** Columns that it takes; null: as its type needs. */
  width: number | null;
}

export interface ArrangedGroup {
  key: string;
  label: string | null;
  columns: number;
  fold: "never" | "open" | "closed";
  fields: PlacedField[];
}

export interface ArrangedTab {
  key: string;
  label: string | null;
  groups: ArrangedGroup[];
}

/** The group of fields that no group names. */
export const REST = "~rest";
const PLAIN_COLUMNS = 2;

const group = (key: string, fields: FieldDefinition[]): ArrangedGroup => ({
  key,
  label: null,
  columns: PLAIN_COLUMNS,
  fold: "never",
  fields: fields.map((field) => ({ field, width: null })),
});

/** The fields as the layout places them; those that it does not name come last, and empty groups and tabs are left out. */
export function arrange(layout: FormLayout | null | undefined, fields: readonly FieldDefinition[]): ArrangedTab[] {
  const left = new Map(fields.map((field) => [field.key, field]));
  for (const key of layout?.hidden ?? []) left.delete(key);
  const take = (key: string, width: number | null): PlacedField[] => {
    const field = left.get(key);
    left.delete(key);
    return field ? [{ field, width }] : [];
  };
  const tabs: ArrangedTab[] = (layout?.tabs ?? []).map((tab) => ({
    key: tab.key,
    label: tab.label,
    groups: tab.groups.map((each) => ({
      key: each.key,
      label: each.label,
      columns: each.columns,
      fold: each.fold,
      fields: each.fields.flatMap((placed) => take(placed.key, placed.width)),
    })),
  }));
  if (left.size > 0) {
    const rest = group(REST, [...left.values()]);
    const last = tabs.at(-1);
    if (last) last.groups.push(rest);
    else tabs.push({ key: REST, label: null, groups: [rest] });
  }
  return tabs
    .map((tab) => ({ ...tab, groups: tab.groups.filter((each) => each.fields.length > 0) }))
    .filter((tab) => tab.groups.length > 0);
}

/** One group of some fields in a given order: dialogs that ask for a few. */
export const inOneGroup = (fields: FieldDefinition[]): ArrangedTab[] =>
  fields.length === 0 ? [] : [{ key: REST, label: null, groups: [group(REST, fields)] }];

/** Columns that a field takes in its group. */
export function spanOf(placed: PlacedField, columns: number, isWide: boolean): number {
  if (placed.width === null) return isWide ? columns : 1;
  return Math.min(placed.width, columns);
}

/** The tab that holds any of the fields; null where none does. */
export function tabWith(tabs: readonly ArrangedTab[], keys: ReadonlySet<string>): ArrangedTab | null {
  return tabs.find((tab) => tab.groups.some((each) => hasAny(each, keys))) ?? null;
}

export const hasAny = (each: ArrangedGroup, keys: ReadonlySet<string>): boolean =>
  each.fields.some(({ field }) => keys.has(field.key));
