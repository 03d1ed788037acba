/** The structured filter: a tree of groups and comparisons that people edit one level of groups deep. */
import type { Condition, Json, Operator } from "@/api/types";

export interface FilterGroup {
  join: "and" | "or";
  items: (FilterItem | FilterGroup)[];
}

export interface FilterItem {
  field: string;
  op: Operator;
  value: Json;
}

export type Operand = "none" | "one" | "many" | "range" | "period" | "moment" | "tree";

export function isGroup(item: FilterItem | FilterGroup): item is FilterGroup {
  return "items" in item;
}

export const EMPTY_GROUP: FilterGroup = { join: "and", items: [] };

/** What an operator needs beside it. */
export function operandOf(op: Operator, isMoment: boolean): Operand {
  switch (op) {
    case "empty":
    case "not_empty":
      return "none";
    case "in":
    case "not_in":
    case "has_any":
    case "has_all":
    case "has_none":
      return "many";
    case "between":
      return "range";
    case "within":
      return "period";
    case "under":
      return "tree";
    default:
      return isMoment ? "moment" : "one";
  }
}

/** The tree as the editor shows it; formulas and deeper levels are kept apart, untouched, in `fixed`. */
export function toGroup(condition: Condition | null | undefined): { group: FilterGroup; fixed: Condition[] } {
  if (!condition) return { group: EMPTY_GROUP, fixed: [] };
  const fixed: Condition[] = [];
  const read = (node: Condition): FilterItem | FilterGroup | null => {
    if (node.field && node.op) return { field: node.field, op: node.op, value: node.value ?? null };
    const inside = node.and ?? node.or;
    if (!inside) {
      fixed.push(node);
      return null;
    }
    const items = inside.map(read).filter((each) => each !== null);
    return { join: node.and ? "and" : "or", items };
  };
  const top = read(condition);
  if (!top) return { group: EMPTY_GROUP, fixed };
  return { group: isGroup(top) ? top : { join: "and", items: [top] }, fixed };
}

function isComplete(item: FilterItem): boolean {
  if (item.op === "empty" || item.op === "not_empty") return item.field !== "";
  if (item.field === "" || item.value === null || item.value === "") return false;
  return !(Array.isArray(item.value) && item.value.length === 0);
}

/** What is sent: unfinished comparisons and empty groups are left out. */
export function toCondition(group: FilterGroup, fixed: Condition[] = []): Condition | null {
  const write = (item: FilterItem | FilterGroup): Condition | null => {
    if (isGroup(item)) {
      const inside = item.items.map(write).filter((each) => each !== null);
      if (inside.length === 0) return null;
      return inside.length === 1 ? (inside[0] ?? null) : { [item.join]: inside };
    }
    if (!isComplete(item)) return null;
    const bare = item.op === "empty" || item.op === "not_empty";
    return bare ? { field: item.field, op: item.op } : { field: item.field, op: item.op, value: item.value };
  };
  return both(write(group), ...fixed);
}

/** All of the given filters at once. */
export function both(...conditions: (Condition | null | undefined)[]): Condition | null {
  const present = conditions.filter((each): each is Condition => Boolean(each));
  if (present.length <= 1) return present[0] ?? null;
  return { and: present.flatMap((each) => each.and ?? [each]) };
}

export function countComparisons(condition: Condition | null | undefined): number {
  if (!condition) return 0;
  const inside = condition.and ?? condition.or;
  return inside ? inside.reduce((sum, each) => sum + countComparisons(each), 0) : 1;
}

export function sameCondition(one: Condition | null | undefined, other: Condition | null | undefined): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/** Named periods that the server knows, in the order people look for them. */
export const PERIODS = [
  "today",
  "yesterday",
  "this_week",
  "last_week",
  "this_month",
  "last_month",
  "this_quarter",
  "last_quarter",
  "this_year",
  "last_year",
  "tomorrow",
  "next_week",
  "next_month",
] as const;
type Period = (typeof PERIODS)[number];

export type PeriodUnit = "hour" | "day" | "week" | "month";

/** A relative moment as the server writes it, or null where the value is something else. */
export function readRolling(value: Json): { last: number; unit: PeriodUnit } | null {
  if (!value || typeof value !== "object" || Array.isArray(value)) return null;
  if (typeof value.last !== "number") return null;
  return { last: value.last, unit: (value.unit as PeriodUnit) ?? "day" };
}

export function readPeriod(value: Json): Period | null {
  if (!value || typeof value !== "object" || Array.isArray(value)) return null;
  return PERIODS.find((each) => each === value.relative) ?? null;
}

export const ME: Json = { me: true };
export const MY_DEPARTMENT: Json = { my_department: true };

export function isMe(value: Json): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && value.me === true;
}

export function isMyDepartment(value: Json): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && value.my_department === true;
}

/** Records that have stood still for longer than `hours`: since a moment of theirs, or since they came into their stage. */
export function stalledOver(hours: number, since: string | null = null): Condition {
  return { field: since ?? "stage_since", op: "lt", value: { last: hours, unit: "hour" } };
}
