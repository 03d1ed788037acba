import { Clock, DollarSign, Hash, Percent, Sigma, Star } from "lucide-react";
import type { ReactNode } from "react";
import { useSpanText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { numberOption, textOption } from "@/model/catalogue";
import { formatMoney, formatNumber, formatPercent, toNumber } from "@/model/format";
import { Empty } from "../Empty";
import styles from "../fields.module.css";
import type { FieldView, ShowProps } from "../module";

function Figure({ children }: { children: ReactNode }) {
  return children === "" ? <Empty /> : <span className={styles.clip}>{children}</span>;
}

function NumberCell({ field, value }: ShowProps) {
  const language = useLanguage();
  const text = formatNumber(value, language, field.type === "decimal" ? numberOption(field, "scale") : null);
  const unit = textOption(field, "unit");
  return <Figure>{text && unit ? `${text} ${unit}` : text}</Figure>;
}

function MoneyCell({ field, value }: ShowProps) {
  const language = useLanguage();
  return (
    <Figure>{formatMoney(value, language, textOption(field, "currency"), numberOption(field, "scale") ?? 2)}</Figure>
  );
}

function PercentCell({ field, value }: ShowProps) {
  const language = useLanguage();
  return <Figure>{formatPercent(value, language, numberOption(field, "scale") ?? 1)}</Figure>;
}

function DurationCell({ value }: ShowProps) {
  const spanText = useSpanText();
  const seconds = toNumber(value);
  return <Figure>{seconds === null ? "" : spanText(seconds * 1000)}</Figure>;
}

function RatingCell({ field, value }: ShowProps) {
  const rating = toNumber(value);
  if (rating === null) return <Empty />;
  const most = numberOption(field, "maximum") ?? 5;
  return (
    <span className={styles.stars} role="img" aria-label={`${rating} / ${most}`}>
      {"★".repeat(rating)}
      <span className={styles.starsOff}>{"★".repeat(Math.max(0, most - rating))}</span>
    </span>
  );
}

export const integer: FieldView = { icon: Hash, align: "end", width: 110, Cell: NumberCell };
export const decimal: FieldView = { icon: Sigma, align: "end", width: 120, Cell: NumberCell };
export const money: FieldView = { icon: DollarSign, align: "end", width: 140, Cell: MoneyCell };
export const percent: FieldView = { icon: Percent, align: "end", width: 100, Cell: PercentCell };
export const duration: FieldView = { icon: Clock, align: "end", width: 120, Cell: DurationCell };
export const rating: FieldView = { icon: Star, align: "start", width: 120, Cell: RatingCell };
