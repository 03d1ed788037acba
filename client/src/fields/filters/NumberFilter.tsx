import { type ChangeEvent, useState } from "react";
import type { Json } from "@/api/types";
import { toNumber } from "@/model/format";
import { TextInput } from "@/ui/controls";
import styles from "../fields.module.css";
import type { FilterProps } from "../module";
import { readNumber } from "../number/reading";

interface BoxProps {
  label: string;
  value: Json;
  unit: number;
  onChange: (value: Json) => void;
}

function NumberBox({ label, value, unit, onChange }: BoxProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const number = toNumber(value);
  const shown = number === null ? "" : String(Number((number / unit).toPrecision(12)));
  const change = (event: ChangeEvent<HTMLInputElement>) => {
    setDraft(event.target.value);
    const read = toNumber(readNumber(event.target.value, unit));
    onChange(read);
  };
  return (
    <TextInput
      aria-label={label}
      inputMode="decimal"
      value={draft ?? shown}
      onChange={change}
      onBlur={() => setDraft(null)}
    />
  );
}

/** A number, or from–to; percentages are typed as people say them. */
export function NumberFilter({ field, operand, value, onChange, label }: FilterProps) {
  const unit = field.type === "percent" ? 0.01 : field.type === "duration" ? 3600 : 1;
  if (operand !== "range") return <NumberBox label={label} value={value} unit={unit} onChange={onChange} />;
  const [from, to] = Array.isArray(value) ? value : [null, null];
  return (
    <div className={styles.editRow} style={{ flexWrap: "nowrap" }}>
      <NumberBox label={label} value={from ?? null} unit={unit} onChange={(next) => onChange([next, to ?? null])} />
      <span>–</span>
      <NumberBox label={label} value={to ?? null} unit={unit} onChange={(next) => onChange([from ?? null, next])} />
    </div>
  );
}
