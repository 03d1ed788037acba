/** Stretches of days: what a calendar or timeline shows, and the filter that asks for just that. Pure. */
import type { Condition } from "@/api/types";
import { addDays } from "./dates";

const DAY = 86_400_000;

export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY);
}

export function dayAt(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** Monday is the first day. */
export function weekStart(day: string): string {
  const at = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((at + 6) % 7));
}

export function monthStart(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

export function addMonths(day: string, count: number): string {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7)) - 1 + count;
  const first = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  const last = addDays(new Date(Date.UTC(year, month + 1, 1)).toISOString().slice(0, 10), -1);
  const wished = `${first.slice(0, 8)}${day.slice(8, 10)}`;
  return wished > last ? last : wished;
}

export interface Stretch {
  from: string;
  /** The day after the last. */
  end: string;
}

/** The weeks that a month touches, from Monday to Sunday. */
export function monthStretch(day: string): Stretch {
  const from = weekStart(monthStart(day));
  const last = addDays(addMonths(monthStart(day), 1), -1);
  return { from, end: addDays(weekStart(last), 7) };
}

export function daysOf(stretch: Stretch): string[] {
  const count = dayNumber(stretch.end) - dayNumber(stretch.from);
  return Array.from({ length: count }, (_, at) => addDays(stretch.from, at));
}

/** Records that lie in a stretch: that begin in it, or began before and end in it or later. */
export function within(stretch: Stretch, start: string, end: string | null | undefined): Condition {
  const begins: Condition = { field: start, op: "ge", value: stretch.from };
  const before: Condition = { field: start, op: "lt", value: stretch.end };
  if (!end) return { and: [before, begins] };
  return { and: [before, { or: [begins, { field: end, op: "ge", value: stretch.from }] }] };
}
