import { CalendarDays } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDayLong } from "@/model/format";
import { EmptyState } from "@/ui/surfaces";
import type { useDates } from "../kinds/useDates";
import styles from "./Calendar.module.css";
import { EntryChip } from "./EntryChip";
import { type Entry, onDay } from "./entries";

interface AgendaProps {
  days: string[];
  today: string;
  entries: Entry[];
  dates: ReturnType<typeof useDates>;
}

/** Days one below the other, with all that lies on them. */
export function Agenda({ days, today, entries, dates }: AgendaProps) {
  const { t } = useTranslation("views");
  const language = useLanguage();
  const filled = days.filter((day) => days.length === 1 || day === today || onDay(entries, day).length > 0);
  if (filled.every((day) => onDay(entries, day).length === 0)) {
    const [only] = days.length === 1 ? days : [];
    return (
      <EmptyState
        icon={<CalendarDays size={36} />}
        title={only ? formatDayLong(only, language) : t("calendar.empty")}
        text={only ? t("calendar.free") : t("calendar.emptyText")}
      />
    );
  }
  return (
    <div className={styles.agenda}>
      {filled.map((day) => (
        <section key={day} data-today={day === today}>
          <h3>{formatDayLong(day, language)}</h3>
          {onDay(entries, day).map((entry) => (
            <EntryChip key={entry.row.id} entry={entry} day={day} dates={dates} />
          ))}
          {onDay(entries, day).length === 0 && <p className={styles.note}>{t("calendar.free")}</p>}
        </section>
      ))}
    </div>
  );
}
