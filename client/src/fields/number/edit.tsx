import { Star } from "lucide-react";
import { type ComponentType, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "@/api/types";
import { numberOption, textOption } from "@/model/catalogue";
import { currencySymbol, toNumber } from "@/model/format";
import { TextInput } from "@/ui/controls";
import styles from "../fields.module.css";
import { NumberFilter } from "../filters/NumberFilter";
import type { EditProps, FieldEditor } from "../module";
import { readNumber } from "./reading";

interface Shape {
  /** What a written 1 is stored as: 0.01 for percent. */
  unit?: number;
  prefix?: (props: EditProps) => string | null;
  suffix?: (props: EditProps) => string | null;
  isWhole?: boolean;
}

function written(value: Json, unit: number): string {
  const number = toNumber(value);
  if (number === null) return typeof value === "string" ? value : "";
  return unit === 1 ? String(value) : String(Number((number / unit).toPrecision(12)));
}

function numberEdit({ unit = 1, prefix, suffix, isWhole }: Shape): ComponentType<EditProps> {
  return function NumberEdit(props) {
    const { value, onChange, ids } = props;
    const [draft, setDraft] = useState<string | null>(null);
    const before = prefix?.(props);
    const after = suffix?.(props);
    return (
      <div className={styles.unit}>
        {before && <span className={styles.prefix}>{before}</span>}
        <TextInput
          {...ids}
          inputMode={isWhole ? "numeric" : "decimal"}
          className={styles.numeric}
          style={{ ...(before ? { paddingLeft: 34 } : {}), ...(after ? { paddingRight: 34 } : {}) }}
          value={draft ?? written(value, unit)}
          onChange={(event) => {
            setDraft(event.target.value);
            onChange(readNumber(event.target.value, unit));
          }}
          onBlur={() => setDraft(null)}
          autoComplete="off"
        />
        {after && <span>{after}</span>}
      </div>
    );
  };
}

function DurationEdit({ value, onChange, ids }: EditProps) {
  const { t } = useTranslation("records");
  const seconds = toNumber(value);
  const hours = seconds === null ? "" : String(Math.floor(seconds / 3600));
  const minutes = seconds === null ? "" : String(Math.floor((seconds % 3600) / 60));
  const write = (h: string, m: string) =>
    onChange(h === "" && m === "" ? null : (Number(h) || 0) * 3600 + (Number(m) || 0) * 60);
  return (
    <div className={styles.editRow} style={{ flexWrap: "nowrap" }}>
      <div className={styles.unit}>
        <TextInput
          {...ids}
          inputMode="numeric"
          className={styles.numeric}
          style={{ paddingRight: 48 }}
          value={hours}
          onChange={(event) => write(event.target.value, minutes)}
        />
        <span>{t("units.hours")}</span>
      </div>
      <div className={styles.unit}>
        <TextInput
          aria-label={t("units.minutes")}
          inputMode="numeric"
          className={styles.numeric}
          style={{ paddingRight: 48 }}
          value={minutes}
          onChange={(event) => write(hours, event.target.value)}
        />
        <span>{t("units.minutes")}</span>
      </div>
    </div>
  );
}

function RatingEdit({ field, value, onChange, ids }: EditProps) {
  const { t } = useTranslation("records");
  const most = numberOption(field, "maximum") ?? 5;
  const rating = toNumber(value) ?? 0;
  return (
    <fieldset className={styles.inline} style={{ border: 0, margin: 0, padding: 0 }} aria-label={field.label}>
      {Array.from({ length: most }, (_, index) => index + 1).map((star) => (
        <button
          key={star}
          type="button"
          {...(star === 1 ? { id: ids.id } : {})}
          className={styles.starButton}
          data-on={star <= rating}
          aria-label={t("rating", { count: star })}
          aria-pressed={star === rating}
          onClick={() => onChange(star === rating ? null : star)}
        >
          <Star size={20} fill="currentColor" />
        </button>
      ))}
    </fieldset>
  );
}

export const integer: FieldEditor = {
  Edit: numberEdit({ isWhole: true, suffix: ({ field }) => textOption(field, "unit") }),
  Filter: NumberFilter,
};
export const decimal: FieldEditor = {
  Edit: numberEdit({ suffix: ({ field }) => textOption(field, "unit") }),
  Filter: NumberFilter,
};
export const money: FieldEditor = {
  Edit: numberEdit({ prefix: ({ field }) => currencySymbol(textOption(field, "currency")) }),
  Filter: NumberFilter,
};
export const percent: FieldEditor = { Edit: numberEdit({ unit: 0.01, suffix: () => "%" }), Filter: NumberFilter };
export const duration: FieldEditor = { Edit: DurationEdit, Filter: NumberFilter };
export const rating: FieldEditor = { Edit: RatingEdit, Filter: NumberFilter };
