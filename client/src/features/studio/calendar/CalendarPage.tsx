import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { useWorkYear } from "@/api/modelling";
import { useErrorText } from "@/fields/useTexts";
import { dayOf } from "@/model/format";
import { IconButton } from "@/ui/Button";
import { EmptyState, Notice, Page, SkeletonLines } from "@/ui/surfaces";
import styles from "./Calendar.module.css";
import { DayPanel } from "./DayPanel";
import { daysBetween, monthsOf } from "./days";
import { HoursPanel } from "./HoursPanel";
import { MonthGrid } from "./MonthGrid";

/** The year of the company: holidays, make-up days, days of its own, and the hours of a working day. */
export function CalendarPage() {
  const { t } = useTranslation("calendar");
  const errorText = useErrorText();
  const [year, setYear] = useState(() => Number(dayOf(serverNow()).slice(0, 4)));
  const [anchor, setAnchor] = useState<string | null>(null);
  const [end, setEnd] = useState<string | null>(null);
  const found = useWorkYear(year);
  const data = found.data;
  if (found.isError) return <EmptyState title={errorText(found.error)} />;
  if (!data)
    return (
      <Page>
        <SkeletonLines lines={10} />
      </Page>
    );
  const months = monthsOf(data);
  const chosen = anchor && end ? daysBetween(anchor, end) : [];
  const choose = (day: string, extend: boolean) => {
    if (!extend || !anchor) setAnchor(day);
    setEnd(day);
  };
  const turn = (to: number) => {
    setYear(to);
    setAnchor(null);
    setEnd(null);
  };
  const worked = months.reduce((sum, each) => sum + each.worked, 0);
  return (
    <div className={styles.page}>
      <div className={styles.year}>
        <div className={styles.bar}>
          <IconButton label={t("previousYear")} disabled={year <= data.first_year} onClick={() => turn(year - 1)}>
            <ChevronLeft size={18} />
          </IconButton>
          <h2 aria-live="polite">{t("year", { year: data.year })}</h2>
          <IconButton label={t("nextYear")} disabled={year >= data.last_year} onClick={() => turn(year + 1)}>
            <ChevronRight size={18} />
          </IconButton>
          <span className={styles.worked}>{t("worked", { count: worked })}</span>
          <ul className={styles.legend}>
            <li data-reason="holiday">{t("reasons.holiday")}</li>
            <li data-reason="makeup">{t("reasons.makeup")}</li>
            <li data-reason="own">{t("reasons.own")}</li>
          </ul>
        </div>
        {data.has_public_holidays && data.year > data.known_until && (
          <Notice kind="info">{t("notAnnounced", { year: data.year })}</Notice>
        )}
        <div className={styles.months} data-old={found.isPlaceholderData || undefined}>
          {months.map((month) => (
            <MonthGrid
              key={month.month}
              year={data.year}
              month={month}
              chosen={chosen}
              focused={end}
              onChoose={choose}
            />
          ))}
        </div>
      </div>
      <aside className={styles.side}>
        <p className={styles.atOnce}>{t("atOnce")}</p>
        <DayPanel key={chosen.join()} days={chosen} months={months} onDone={() => setEnd(anchor)} />
        <HoursPanel hours={data} />
      </aside>
    </div>
  );
}
