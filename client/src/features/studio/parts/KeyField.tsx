import { Lock } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FieldFrame, TextInput } from "@/ui/controls";
import styles from "./parts.module.css";
import { useBuffered } from "./useBuffered";

const KEY = /^[a-z][a-z0-9_]{0,39}$/;

interface KeyFieldProps {
  value: string;
  /** Published already: the key names tables, columns and formulas, and stays. */
  isFixed: boolean;
  /** Keys that others bear. */
  taken: readonly string[];
  onChange: (key: string) => void;
}

/** The name that formulas, imports and programs use; it can be chosen until it is published. */
export function KeyField({ value, isFixed, taken, onChange }: KeyFieldProps) {
  const { t } = useTranslation("parts");
  const [wrong, setWrong] = useState<string | null>(null);
  const buffered = useBuffered(value, (text) => {
    const key = text.trim();
    if (!KEY.test(key)) return setWrong(t("key.pattern"));
    if (key !== value && taken.includes(key)) return setWrong(t("key.taken"));
    setWrong(null);
    if (key !== value) onChange(key);
  });
  if (isFixed)
    return (
      <FieldFrame label={t("key.label")} help={t("key.fixed")}>
        {(ids) => (
          <div className={styles.fixed}>
            <Lock size={13} aria-hidden="true" />
            <TextInput {...ids} value={value} readOnly />
          </div>
        )}
      </FieldFrame>
    );
  return (
    <FieldFrame label={t("key.label")} help={t("key.help")} error={wrong}>
      {(ids) => (
        <TextInput
          {...ids}
          spellCheck={false}
          autoComplete="off"
          value={buffered.value}
          onChange={(event) => buffered.set(event.target.value)}
          onBlur={buffered.flush}
        />
      )}
    </FieldFrame>
  );
}
