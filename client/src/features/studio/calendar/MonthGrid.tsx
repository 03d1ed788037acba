import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "@/ui/classes";
import styles from "./Calendar.module.css";
import { type CalendarDay, type CalendarMonth, dayLater } from "./days";

interface MonthGridProps {
  year: number;
  month: CalendarMonth;
  chosen: string[];
  focused: string | null;
  onChoose: (day: string, extend: boolean) => void;
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A month of days; arrows move, Shift extends, Enter and click choose. */
export function MonthGrid({ year, month, chosen, focused, onChoose }: MonthGridProps) {
  const { t } = useTranslation("calendar");
  const name = t(`months.m${month.month}` as "months.m1");
  const inMonth = focused && month.days.some((each) => each.day === focused) ? focused : month.days[0]?.day;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = STEPS[event.key];
    const at = (event.target as HTMLElement).dataset.day;
    if (step === undefined || !at) return;
    event.preventDefault();
    const next = dayLater(at, step);
    const button = document.querySelector<HTMLElement>(`[data-day="${next}"]`);
    if (!button) return;
    button.focus();
    onChoose(next, event.shiftKey);
  };
  return (
    <section className={styles.month} aria-label={name}>
      <header>
        <h3>{name}</h3>
        <small>{t("workedShort", { count: month.worked })}</small>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: passes the arrow keys of the days inside on */}
      <div className={styles.days} onKeyDown={onKeyDown}>
        {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
          <span key={weekday} aria-hidden="true">
            {t(`short.d${weekday}` as "short.d1")}
          </span>
        ))}
        {month.days.map((day, at) => (
          <Day
            key={day.day}
            day={day}
            year={year}
            month={month.month}
            column={at === 0 ? month.lead + 1 : undefined}
            isChosen={chosen.includes(day.day)}
            isStop={day.day === inMonth}
            onChoose={onChoose}
          />
        ))}
      </div>
    </section>
  );
}

interface DayProps {
  day: CalendarDay;
  year: number;
  month: number;
  column: number | undefined;
  isChosen: boolean;
  isStop: boolean;
  onChoose: (day: string, extend: boolean) => void;
}

function Day({ day, year, month, column, isChosen, isStop, onChoose }: DayProps) {
  const { t } = useTranslation("calendar");
  const state = t(day.isWorking ? "working" : "free");
  const why = day.special ? [t(`reasons.${day.special.reason}`), day.special.name].filter(Boolean).join(" ") : "";
  const label = t("dayLabel", {
    year,
    monthName: t(`months.m${month}` as "months.m1"),
    day: day.number,
    weekday: t(`weekdays.d${day.weekday}` as "weekdays.d1"),
    state,
    why,
  });
  return (
    <button
      type="button"
      data-day={day.day}
      data-reason={day.special?.reason}
      aria-label={label}
      aria-pressed={isChosen}
      title={day.special?.name || undefined}
      tabIndex={isStop ? 0 : -1}
      className={classes(styles.day, !day.isWorking && styles.free)}
      style={column ? { gridColumnStart: column } : undefined}
      onClick={(event) => onChoose(day.day, event.shiftKey)}
    >
      {day.number}
    </button>
  );
}
