import { Calendar, CalendarClock } from "lucide-react";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDate, formatDateTime } from "@/model/format";
import { Empty } from "../Empty";
import styles from "../fields.module.css";
import type { FieldView, ShowProps } from "../module";

function DateCell({ value }: ShowProps) {
  const text = formatDate(value);
  return text ? (
    <time className={styles.clip} dateTime={text}>
      {text}
    </time>
  ) : (
    <Empty />
  );
}

function DateTimeCell({ value }: ShowProps) {
  const text = formatDateTime(value, useLanguage());
  return text ? (
    <time className={styles.clip} dateTime={String(value)}>
      {text}
    </time>
  ) : (
    <Empty />
  );
}

export const date: FieldView = { icon: Calendar, align: "start", width: 116, Cell: DateCell };
export const dateTime: FieldView = { icon: CalendarClock, align: "start", width: 150, Cell: DateTimeCell };
