import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { WorkSpan } from "@/api/types";
import { ClockPicker } from "@/fields/date/pickers";
import { Button, IconButton } from "@/ui/Button";
import styles from "./Calendar.module.css";

interface SpanRowsProps {
  label: string;
  spans: WorkSpan[];
  onChange: (spans: WorkSpan[]) => void;
}

/** The stretches of a working day, from opening to closing. */
export function SpanRows({ label, spans, onChange }: SpanRowsProps) {
  const { t } = useTranslation("calendar");
  const put = (at: number, part: Partial<WorkSpan>) =>
    onChange(spans.map((each, index) => (index === at ? { ...each, ...part } : each)));
  return (
    <fieldset className={styles.spans}>
      <legend>{label}</legend>
      {spans.map((span, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stretch has no name besides its place
        <div key={at} className={styles.span}>
          <ClockPicker
            label={t("opens", { number: at + 1 })}
            value={span.opens}
            onChange={(opens) => put(at, { opens })}
          />
          <span aria-hidden="true">–</span>
          <ClockPicker
            label={t("closes", { number: at + 1 })}
            value={span.closes}
            onChange={(closes) => put(at, { closes })}
          />
          <IconButton
            small
            label={t("removeSpan", { number: at + 1 })}
            disabled={spans.length === 1}
            onClick={() => onChange(spans.filter((_, index) => index !== at))}
          >
            <X size={15} />
          </IconButton>
        </div>
      ))}
      {spans.length < 6 && (
        <Button
          small
          kind="link"
          icon={<Plus size={14} />}
          onClick={() => onChange([...spans, { opens: spans.at(-1)?.closes ?? "09:00", closes: "20:00" }])}
        >
          {t("addSpan")}
        </Button>
      )}
    </fieldset>
  );
}
