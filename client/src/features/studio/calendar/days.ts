/** A year of days on the calendar page: what each is, and ranges of them. */
import type { SpecialDay, WorkYear } from "@/api/types";

export interface CalendarDay {
  /** ISO date. */
  day: string;
  number: number;
  /** 1 is Monday. */
  weekday: number;
  isWorking: boolean;
  special: SpecialDay | null;
}

export interface CalendarMonth {
  month: number;
  /** Empty places before the first day. */
  lead: number;
  days: CalendarDay[];
  worked: number;
}

function isoDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

export function monthsOf(year: WorkYear): CalendarMonth[] {
  const special = new Map(year.days.map((each) => [each.day, each]));
  return Array.from({ length: 12 }, (_, index) => {
    const month = index + 1;
    const count = new Date(Date.UTC(year.year, month, 0)).getUTCDate();
    const days = Array.from({ length: count }, (_unused, at): CalendarDay => {
      const day = isoDay(year.year, month, at + 1);
      const weekday = weekdayOf(day);
      const found = special.get(day) ?? null;
      return {
        day,
        number: at + 1,
        weekday,
        isWorking: found ? found.is_working : year.weekdays.includes(weekday),
        special: found,
      };
    });
    return {
      month,
      lead: (days[0]?.weekday ?? 1) - 1,
      days,
      worked: days.filter((each) => each.isWorking).length,
    };
  });
}

/** All days from one to another, whichever comes first. */
export function daysBetween(one: string, other: string): string[] {
  const [from, to] = one <= other ? [one, other] : [other, one];
  const found: string[] = [];
  for (const at = new Date(`${from}T00:00:00Z`); ; at.setUTCDate(at.getUTCDate() + 1)) {
    const day = at.toISOString().slice(0, 10);
    if (day > to || found.length > 366) return found;
    found.push(day);
  }
}

/** The day some days later. */
export function dayLater(day: string, by: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + by);
  return at.toISOString().slice(0, 10);
}
