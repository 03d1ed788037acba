import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { FieldFrame, TextArea, TextInput } from "@/ui/controls";
import { labelWritten, type PlainLabel, writtenParts } from "./labels";
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

const MARKS = { zh: { sign: "中", lang: "zh-CN" }, en: { sign: "EN", lang: "en" } } as const;

/** A text in the language that one builds in and, below it, in the other one. */
export function LabelField({ label, value, onChange, help, problem, required, rows, autoFocus }: LabelFieldProps) {
  const { t } = useTranslation("parts");
  const language = useLanguage();
  const other = language === "zh" ? "en" : "zh";
  const parts = writtenParts(value, language);
  const put = (name: "zh" | "en", text: string) => onChange(labelWritten({ ...parts, [name]: text }, language));
  const main = useBuffered(parts[language], (text) => put(language, text));
  const second = useBuffered(parts[other], (text) => put(other, text));
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!autoFocus) return;
    first.current?.focus();
    first.current?.select();
  }, [autoFocus]);
  const control = (buffered: typeof main, name: "zh" | "en") => ({
    value: buffered.value,
    lang: MARKS[name].lang,
    onBlur: buffered.flush,
    onChange: (event: { target: { value: string } }) => buffered.set(event.target.value),
  });
  const beside = { ...control(second, other), "aria-label": t("other", { label }), placeholder: t("otherOptional") };
  return (
    <FieldFrame label={label} help={help} error={problem ?? null} required={required ?? false}>
      {(ids) => (
        <div className={styles.languages}>
          <span aria-hidden="true">{MARKS[language].sign}</span>
          {rows ? (
            <TextArea {...ids} {...control(main, language)} rows={rows} />
          ) : (
            <TextInput {...ids} {...control(main, language)} ref={first} />
          )}
          <span aria-hidden="true">{MARKS[other].sign}</span>
          {rows ? <TextArea {...beside} rows={rows} /> : <TextInput {...beside} />}
        </div>
      )}
    </FieldFrame>
  );
}
