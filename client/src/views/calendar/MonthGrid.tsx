import { DragDropProvider, useDroppable } from "@dnd-kit/react";
import { useTranslation } from "react-i18next";
import { useCatalogue } from "@/fields/useCatalogue";
import { useLanguage } from "@/i18n/useLanguage";
import { formatWeekday } from "@/model/format";
import { dayNumber } from "@/model/windows";
import { colourVariables } from "@/ui/surfaces";
import type { useDates } from "../kinds/useDates";
import { useDragWords } from "../kinds/useDragWords";
import styles from "./Calendar.module.css";
import { EntryChip } from "./EntryChip";
import { colourOfEntry, type Entry, onDay } from "./entries";

const SHOWN = 3;

interface MonthProps {
  days: string[];
  month: string;
  today: string;
  chosen: string | null;
  entries: Entry[];
  /** On a phone days show dots, and the chosen day is listed below. */
  isSmall: boolean;
  dates: ReturnType<typeof useDates>;
  onDay: (day: string) => void;
}

function DayCell({ day, ...props }: Omit<MonthProps, "days"> & { day: string }) {
  const { month, today, chosen, entries, isSmall, dates, onDay: choose } = props;
  const { t } = useTranslation("views");
  const catalogue = useCatalogue();
  const { ref, isDropTarget } = useDroppable({ id: day });
  const here = onDay(entries, day);
  return (
    <div
      ref={ref}
      className={styles.day}
      data-outside={day.slice(0, 7) !== month}
      data-today={day === today}
      data-chosen={day === chosen}
      data-over={isDropTarget}
    >
      <button
        type="button"
        className={styles.number}
        aria-label={t("calendar.day_count", { number: Number(day.slice(8)), day, count: here.length })}
        aria-pressed={isSmall ? day === chosen : undefined}
        onClick={() => choose(day)}
      >
        {Number(day.slice(8))}
      </button>
      {isSmall ? (
        <span className={styles.dots} aria-hidden="true">
          {here.slice(0, 3).map((entry) => (
            <i key={entry.row.id} style={colourVariables(colourOfEntry(catalogue, entry) ?? "blue")} />
          ))}
        </span>
      ) : (
        here.slice(0, SHOWN).map((entry) => <EntryChip key={entry.row.id} entry={entry} day={day} dates={dates} />)
      )}
      {!isSmall && here.length > SHOWN && (
        <button type="button" className={styles.more} onClick={() => choose(day)}>
          {t("calendar.more", { count: here.length - SHOWN })}
        </button>
      )}
    </div>
  );
}

/** A month, week by week. */
export function MonthGrid(props: MonthProps) {
  const language = useLanguage();
  const options = useDragWords();
  const { days, dates } = props;
  return (
    <DragDropProvider
      {...options}
      onDragEnd={({ operation, canceled }) => {
        const data = operation.source?.data as { entry: Entry; day: string } | undefined;
        const target = operation.target?.id;
        if (!canceled && data && typeof target === "string")
          dates.move(data.entry.row, dayNumber(target) - dayNumber(data.day));
      }}
    >
      <div className={styles.month} data-small={props.isSmall} style={{ "--weeks": days.length / 7 }}>
        {days.slice(0, 7).map((day) => (
          <div key={day} className={styles.weekday}>
            {formatWeekday(day, language)}
          </div>
        ))}
        {days.map((day) => (
          <DayCell key={day} day={day} {...props} />
        ))}
      </div>
    </DragDropProvider>
  );
}
