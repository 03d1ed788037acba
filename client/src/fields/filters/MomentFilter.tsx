import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { Json } from "@/api/types";
import { PERIODS, type PeriodUnit, readPeriod, readRolling } from "@/model/filter";
import { NativeSelect, TextInput } from "@/ui/controls";
import styles from "../fields.module.css";
import type { FilterProps } from "../module";

const DAY = "YYYY-MM-DD";
const UNITS: PeriodUnit[] = ["hour", "day", "week", "month"];

/** Named periods (this month), rolling ones (the last 72 hours) and, for comparisons, a day of the calendar. */
export function MomentFilter({ operand, value, onChange, label }: FilterProps) {
  const { t } = useTranslation("records");
  const rolling = readRolling(value);
  const named = readPeriod(value);
  if (operand === "range") {
    const [from, to] = Array.isArray(value) ? value : [null, null];
    return (
      <DatePicker.RangePicker
        style={{ width: "100%" }}
        value={[typeof from === "string" ? dayjs(from) : null, typeof to === "string" ? dayjs(to) : null]}
        onChange={(days) => onChange(days ? [days[0]?.format(DAY) ?? null, days[1]?.format(DAY) ?? null] : null)}
      />
    );
  }
  const kind = rolling ? "rolling" : (named ?? (operand === "period" ? "" : "day"));
  const choose = (next: string) => {
    if (next === "rolling") onChange({ last: 7, unit: "day" });
    else if (next === "day" || next === "") onChange(null);
    else onChange({ relative: next });
  };
  return (
    <div className={styles.editRow} style={{ flexWrap: "nowrap" }}>
      <NativeSelect
        aria-label={label}
        style={{ minWidth: 96 }}
        value={kind}
        onChange={(event) => choose(event.target.value)}
      >
        {operand === "moment" ? (
          <option value="day">{t("filter.day")}</option>
        ) : (
          <option value="">{t("filter.choosePeriod")}</option>
        )}
        {PERIODS.map((period) => (
          <option key={period} value={period}>
            {t(`periods.${period}`)}
          </option>
        ))}
        <option value="rolling">{t("filter.rolling")}</option>
      </NativeSelect>
      {kind === "day" && operand === "moment" && <Day value={value} onChange={onChange} />}
      {rolling && <Rolling value={rolling} onChange={onChange} />}
    </div>
  );
}

function Day({ value, onChange }: { value: Json; onChange: (value: Json) => void }) {
  return (
    <DatePicker
      style={{ width: "100%" }}
      value={typeof value === "string" && value ? dayjs(value) : null}
      onChange={(day) => onChange(day ? day.format(DAY) : null)}
    />
  );
}

interface RollingProps {
  value: { last: number; unit: PeriodUnit };
  onChange: (value: Json) => void;
}

function Rolling({ value, onChange }: RollingProps) {
  const { t } = useTranslation("records");
  return (
    <>
      <TextInput
        aria-label={t("filter.rollingCount")}
        inputMode="numeric"
        style={{ width: 72 }}
        value={String(value.last)}
        onChange={(event) =>
          onChange({ last: Math.max(1, Number.parseInt(event.target.value, 10) || 1), unit: value.unit })
        }
      />
      <NativeSelect
        aria-label={t("filter.rollingUnit")}
        value={value.unit}
        onChange={(event) => onChange({ last: value.last, unit: event.target.value })}
      >
        {UNITS.map((unit) => (
          <option key={unit} value={unit}>
            {t(`periodUnits.${unit}`)}
          </option>
        ))}
      </NativeSelect>
    </>
  );
}
