/** The scale above a timeline. */
import type { TimelineScale } from "@/api/types";
import { currentLanguage } from "@/i18n";
import { formatDayShort, formatMonth } from "@/model/format";
import { addMonths, dayAt, dayNumber, monthStart, weekStart } from "@/model/windows";

/** Pixels of one day. */
export const DAY_WIDTH: Record<TimelineScale, number> = { day: 36, week: 14, month: 4 };

export interface Tick {
  day: number;
  label: string;
  isMajor: boolean;
}

/** Months above; days, weeks or nothing below. */
export function ticksOf(zoom: TimelineScale, from: number, end: number): Tick[] {
  const language = currentLanguage();
  const ticks: Tick[] = [];
  for (let day = monthStart(dayAt(from)); dayNumber(day) < end; day = addMonths(day, 1))
    ticks.push({ day: dayNumber(day), label: formatMonth(day, language), isMajor: true });
  if (zoom === "month") return ticks;
  const first = zoom === "day" ? from : dayNumber(weekStart(dayAt(from)));
  for (let day = first; day < end; day += zoom === "day" ? 1 : 7) {
    const label = zoom === "day" ? String(Number(dayAt(day).slice(8))) : formatDayShort(dayAt(day), language);
    ticks.push({ day, label, isMajor: false });
  }
  return ticks;
}
