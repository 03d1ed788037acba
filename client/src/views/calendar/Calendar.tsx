import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { useRecordPages } from "@/api/records";
import { useLanguage } from "@/i18n/useLanguage";
import { addDays } from "@/model/dates";
import { both } from "@/model/filter";
import { dayOf, formatMonth } from "@/model/format";
import { addMonths, daysOf, monthStart, monthStretch, type Stretch, weekStart, within } from "@/model/windows";
import { Button, IconButton } from "@/ui/Button";
import { Segments } from "@/ui/controls";
import { useIsPhone } from "@/ui/media";
import { SkeletonLines } from "@/ui/surfaces";
import { KindFailed } from "../kinds/KindState";
import type { KindProps } from "../kinds/kind";
import { useDates } from "../kinds/useDates";
import { Agenda } from "./Agenda";
import styles from "./Calendar.module.css";
import { type Entry, entriesOf } from "./entries";
import { MonthGrid } from "./MonthGrid";

/** Entries of one window at most; a fuller one says so. */
const MOST = 500;
const SPANS = ["month", "week", "day"] as const;
type Span = (typeof SPANS)[number];

function stretchOf(span: Span, day: string): Stretch {
  if (span === "month") return monthStretch(day);
  const from = span === "week" ? weekStart(day) : day;
  return { from, end: addDays(from, span === "week" ? 7 : 1) };
}

function stepped(span: Span, day: string, by: number): string {
  return span === "month" ? addMonths(monthStart(day), by) : addDays(day, by * (span === "week" ? 7 : 1));
}

/** Records on the days they belong to. Only what is in sight is asked for, however large the table. */
export function Calendar({ entity, view, query }: KindProps) {
  const { t } = useTranslation("views");
  const language = useLanguage();
  const isPhone = useIsPhone();
  const today = dayOf(serverNow());
  const [span, setSpan] = useState<Span>("month");
  const [day, setDay] = useState(today);
  const settings = view.calendar ?? { start: "created_at" };
  const stretch = stretchOf(span, day);
  const pages = useRecordPages(
    entity.key,
    {
      ...query,
      filter: both(query.filter, within(stretch, settings.start, settings.end)),
      sort: [{ field: settings.start }],
    },
    MOST,
  );
  const dates = useDates(entity.key, settings);
  const page = pages.data?.pages[0];
  const entries: Entry[] = page ? entriesOf(page.rows, view) : [];
  const hidden = Math.max(0, (page?.count ?? 0) - (page?.rows.length ?? 0));
  const title = span === "day" ? day : formatMonth(span === "month" ? day : stretch.from, language);
  const showDay = (chosen: string) => {
    setDay(chosen);
    if (!isPhone) setSpan("day");
  };
  return (
    <section className={styles.calendar} aria-label={t("calendar.label", { view: view.label })}>
      <header className={styles.bar}>
        <div className={styles.steps}>
          <IconButton kind="plain" label={t(`calendar.before.${span}`)} onClick={() => setDay(stepped(span, day, -1))}>
            <ChevronLeft size={16} />
          </IconButton>
          <IconButton kind="plain" label={t(`calendar.after.${span}`)} onClick={() => setDay(stepped(span, day, 1))}>
            <ChevronRight size={16} />
          </IconButton>
          <Button onClick={() => setDay(today)}>{t("calendar.today")}</Button>
        </div>
        <h2 aria-live="polite">{title}</h2>
        {hidden > 0 && (
          <span className={styles.note}>{t("calendar.cut", { shown: MOST, count: page?.count ?? 0 })}</span>
        )}
        {pages.isFetching && <span className={styles.note}>{t("loading")}</span>}
        <span className={styles.push} />
        <Segments
          label={t("calendar.span")}
          value={span}
          options={SPANS.map((value) => ({ value, label: t(`calendar.${value}`) }))}
          onChange={setSpan}
        />
      </header>
      {pages.isError && <KindFailed error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isPending && <SkeletonLines lines={10} />}
      {page &&
        (span === "month" ? (
          <MonthGrid
            days={daysOf(stretch)}
            month={day.slice(0, 7)}
            today={today}
            chosen={isPhone ? day : null}
            entries={entries}
            isSmall={isPhone}
            dates={dates}
            onDay={showDay}
          />
        ) : (
          <Agenda days={daysOf(stretch)} today={today} entries={entries} dates={dates} />
        ))}
      {page && isPhone && span === "month" && <Agenda days={[day]} today={today} entries={entries} dates={dates} />}
    </section>
  );
}
