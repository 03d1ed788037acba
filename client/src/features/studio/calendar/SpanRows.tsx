import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { WorkSpan } from "@/api/types";
import { Button, IconButton } from "@/ui/Button";
import { TextInput } from "@/ui/controls";
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
          <TextInput
            type="time"
            required
            aria-label={t("opens", { number: at + 1 })}
            value={span.opens}
            onChange={(event) => put(at, { opens: event.target.value })}
          />
          <span aria-hidden="true">–</span>
          <TextInput
            type="time"
            required
            aria-label={t("closes", { number: at + 1 })}
            value={span.closes}
            onChange={(event) => put(at, { closes: event.target.value })}
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
