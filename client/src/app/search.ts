/** What addresses carry besides the path, read with care: an address may come from anywhere. */
import type { Condition, Sort } from "@/api/types";

export interface ListSearch {
  q?: string;
  filter?: Condition;
  sort?: Sort[];
  group?: string;
  columns?: string[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function readListSearch(raw: Record<string, unknown>): ListSearch {
  const search: ListSearch = {};
  if (typeof raw.q === "string" && raw.q) search.q = raw.q;
  else if (typeof raw.q === "number") search.q = String(raw.q);
  if (isObject(raw.filter)) search.filter = raw.filter as Condition;
  if (Array.isArray(raw.sort)) {
    search.sort = raw.sort.flatMap((each) =>
      isObject(each) && typeof each.field === "string"
        ? [{ field: each.field, descending: each.descending === true }]
        : [],
    );
  }
  if (typeof raw.group === "string") search.group = raw.group;
  if (Array.isArray(raw.columns))
    search.columns = raw.columns.filter((each): each is string => typeof each === "string");
  return search;
}
