import { ChevronRight, CircleAlert } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "@/ui/classes";
import { Check, FieldFrame, NativeSelect, TextArea, TextInput } from "@/ui/controls";
import styles from "./parts.module.css";
import { useBuffered } from "./useBuffered";

interface PropertyPanelProps {
  title: ReactNode;
  /** Buttons beside the title: duplicate, delete. */
  actions?: ReactNode;
  /** Small line under the title: the type, the key. */
  note?: ReactNode;
  children: ReactNode;
}

/** The properties of what is chosen on a canvas. */
export function PropertyPanel({ title, actions, note, children }: PropertyPanelProps) {
  const { t } = useTranslation("parts");
  return (
    <section className={styles.panel} aria-label={t("properties")}>
      <header className={styles.panelHead}>
        <div>
          <h2>{title}</h2>
          {note && <p className={styles.note}>{note}</p>}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}

interface SectionProps {
  title: string;
  /** Open at first. */
  open?: boolean;
  /** How many things are set inside, shown while it is closed. */
  count?: number;
  children: ReactNode;
}

/** A part of the properties that folds away. */
export function PropertySection({ title, open = false, count = 0, children }: SectionProps) {
  const [isOpen, setOpen] = useState(open);
  const id = useId();
  return (
    <div className={styles.section}>
      <h3>
        <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          <ChevronRight size={15} aria-hidden="true" className={classes(styles.chevron, isOpen && styles.open)} />
          {title}
          {count > 0 && !isOpen && <span className={styles.dot}>{count}</span>}
        </button>
      </h3>
      <div id={id} hidden={!isOpen} className={styles.sectionBody}>
        {isOpen && children}
      </div>
    </div>
  );
}

interface PropertyProps<T> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  help?: string | undefined;
  /** What is wrong, and what to do. */
  problem?: string | null | undefined;
  disabled?: boolean | undefined;
}

interface TextPropertyProps extends PropertyProps<string> {
  placeholder?: string | undefined;
  rows?: number;
  required?: boolean;
  autoFocus?: boolean;
}

export function TextProperty({ label, value, onChange, help, problem, disabled, ...rest }: TextPropertyProps) {
  const buffered = useBuffered(value, onChange);
  const { rows, required, ...attributes } = rest;
  return (
    <FieldFrame label={label} help={help} error={problem ?? null} required={required ?? false}>
      {(ids) => {
        const shared = {
          ...ids,
          ...attributes,
          disabled,
          value: buffered.value,
          onBlur: buffered.flush,
          onChange: (event: { target: { value: string } }) => buffered.set(event.target.value),
        };
        return rows ? (
          <TextArea {...shared} rows={rows} />
        ) : (
          <TextInput
            {...shared}
            onKeyDown={(event) => event.key === "Enter" && !event.nativeEvent.isComposing && buffered.flush()}
          />
        );
      }}
    </FieldFrame>
  );
}

interface NumberPropertyProps extends PropertyProps<number | undefined> {
  min?: number | undefined;
  max?: number | undefined;
  isWhole?: boolean;
  placeholder?: string | undefined;
}

/** A number that may be left empty. */
export function NumberProperty({ value, onChange, isWhole, min, max, ...rest }: NumberPropertyProps) {
  const { t } = useTranslation("parts");
  const [wrong, setWrong] = useState<string | null>(null);
  const read = (text: string) => {
    const clean = text.trim();
    const number = clean === "" ? undefined : Number(clean);
    if (number !== undefined && (!Number.isFinite(number) || (isWhole && !Number.isInteger(number))))
      return setWrong(t(isWhole ? "wholeNumber" : "number"));
    if (number !== undefined && ((min !== undefined && number < min) || (max !== undefined && number > max)))
      return setWrong(
        min !== undefined && max !== undefined
          ? t("between", { min, max })
          : min !== undefined
            ? t("atLeast", { min })
            : t("atMost", { max }),
      );
    setWrong(null);
    onChange(number);
  };
  return (
    <TextProperty
      {...rest}
      problem={wrong ?? rest.problem}
      value={value === undefined ? "" : String(value)}
      onChange={read}
    />
  );
}

export function SwitchProperty({ label, value, onChange, help, problem, disabled }: PropertyProps<boolean>) {
  const id = useId();
  const about = help || problem ? `${id}-about` : undefined;
  return (
    <div className={styles.switch}>
      <Check checked={value} disabled={disabled} onChange={onChange} aria-describedby={about}>
        {label}
      </Check>
      {about && (
        <div id={about}>
          {problem && <ProblemText>{problem}</ProblemText>}
          {help && !problem && <p className={styles.help}>{help}</p>}
        </div>
      )}
    </div>
  );
}

interface SelectPropertyProps extends PropertyProps<string> {
  options: { value: string; label: string; disabled?: boolean }[];
  /** Shown for the empty value; without it an empty value cannot be chosen. */
  empty?: string | undefined;
  required?: boolean | undefined;
}

export function SelectProperty({ label, value, onChange, help, problem, ...rest }: SelectPropertyProps) {
  const { options, empty, disabled, required } = rest;
  const isKnown = value === "" || options.some((each) => each.value === value);
  return (
    <FieldFrame label={label} help={help} error={problem ?? null} required={required ?? false}>
      {(ids) => (
        <NativeSelect {...ids} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value)}>
          {(empty !== undefined || value === "") && <option value="">{empty ?? ""}</option>}
          {!isKnown && <option value={value}>{value}</option>}
          {options.map((each) => (
            <option key={each.value} value={each.value} disabled={each.disabled}>
              {each.label}
            </option>
          ))}
        </NativeSelect>
      )}
    </FieldFrame>
  );
}

/** What is wrong, in red, at the place where it is mended. */
export function ProblemText({ children }: { children: ReactNode }) {
  return (
    <p className={styles.problem} role="alert">
      <CircleAlert size={14} aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}
