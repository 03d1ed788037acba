import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { FieldFrame, TextArea, TextInput } from "@/ui/controls";
import { labelOf, labelParts, type PlainLabel } from "./labels";
import styles from "./parts.module.css";
import { useBuffered } from "./useBuffered";

interface LabelFieldProps {
  label: string;
  value: PlainLabel | null | undefined;
  /** Undefined where both languages were emptied. */
  onChange: (value: PlainLabel | undefined) => void;
  help?: string | undefined;
  problem?: string | null | undefined;
  required?: boolean;
  /** Several lines. */
  rows?: number;
  /** Chosen as a whole, to be typed over. */
  autoFocus?: boolean;
}

/** A text in Chinese and, below it, in English. */
export function LabelField({ label, value, onChange, help, problem, required, rows, autoFocus }: LabelFieldProps) {
  const { t } = useTranslation("parts");
  const parts = labelParts(value);
  const zh = useBuffered(parts.zh, (text) => onChange(labelOf({ zh: text, en: labelParts(value).en })));
  const en = useBuffered(parts.en, (text) => onChange(labelOf({ zh: labelParts(value).zh, en: text })));
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!autoFocus) return;
    first.current?.focus();
    first.current?.select();
  }, [autoFocus]);
  const control = (buffered: typeof zh) => ({
    value: buffered.value,
    onBlur: buffered.flush,
    onChange: (event: { target: { value: string } }) => buffered.set(event.target.value),
  });
  return (
    <FieldFrame label={label} help={help} error={problem ?? null} required={required ?? false}>
      {(ids) => (
        <div className={styles.languages}>
          <span aria-hidden="true">中</span>
          {rows ? (
            <TextArea {...ids} {...control(zh)} rows={rows} lang="zh-CN" />
          ) : (
            <TextInput {...ids} {...control(zh)} ref={first} lang="zh-CN" />
          )}
          <span aria-hidden="true">EN</span>
          {rows ? (
            <TextArea {...control(en)} rows={rows} lang="en" aria-label={t("english", { label })} />
          ) : (
            <TextInput
              {...control(en)}
              lang="en"
              aria-label={t("english", { label })}
              placeholder={t("englishOptional")}
            />
          )}
        </div>
      )}
    </FieldFrame>
  );
}
