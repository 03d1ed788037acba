import { Search } from "lucide-react";
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import { classes } from "./classes";
import styles from "./controls.module.css";

interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  ref?: Ref<HTMLInputElement>;
}

export function TextInput({ className, ...rest }: TextInputProps) {
  return <input {...rest} className={classes(styles.input, className)} />;
}

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  ref?: Ref<HTMLTextAreaElement>;
}

export function TextArea({ className, ...rest }: TextAreaProps) {
  return <textarea rows={3} {...rest} className={classes(styles.input, className)} />;
}

export function SearchInput({ className, ...rest }: TextInputProps) {
  return (
    <span className={classes(styles.search, className)}>
      <Search size={15} aria-hidden="true" />
      <TextInput type="search" {...rest} />
    </span>
  );
}

/** The browser's own select: for short, fixed lists. */
export function NativeSelect({ className, ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return <select {...rest} className={classes(styles.input, styles.native, className)} />;
}

interface CheckProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "onChange"> {
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

export function Check({ children, onChange, className, ...rest }: CheckProps) {
  return (
    <label className={classes(styles.check, className)}>
      <input type="checkbox" {...rest} onChange={(event) => onChange(event.target.checked)} />
      {children}
    </label>
  );
}

export interface ControlIds {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
  "aria-required": boolean | undefined;
}

interface FieldFrameProps {
  label: ReactNode;
  required?: boolean;
  help?: string | null | undefined;
  tips?: string[] | undefined;
  error?: string | null | undefined;
  className?: string | undefined;
  children: (ids: ControlIds) => ReactNode;
}

/** A label, its control, and what is wrong with it; the control gets the ids that tie them together. */
export function FieldFrame({ label, required, help, tips, error, className, children }: FieldFrameProps) {
  const id = useId();
  const described = error || help || tips?.length ? `${id}-about` : undefined;
  return (
    <div className={classes(styles.field, className)}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {required && (
          <span className={styles.mark} aria-hidden="true">
            *
          </span>
        )}
      </label>
      {children({
        id,
        "aria-describedby": described,
        "aria-invalid": error ? true : undefined,
        "aria-required": required || undefined,
      })}
      {described && (
        <div id={described}>
          {error && (
            <p className={styles.error} role="alert">
              {error}
            </p>
          )}
          {tips?.map((tip) => (
            <p key={tip} className={styles.tip}>
              {tip}
            </p>
          ))}
          {help && !error && <p className={styles.help}>{help}</p>}
        </div>
      )}
    </div>
  );
}

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  options: { value: T; label: string; icon?: ReactNode }[];
  onChange: (value: T) => void;
}

/** A choice among two to four that are all in sight. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  return (
    <fieldset className={styles.segments} aria-label={label} style={{ border: 0, margin: 0 }}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          className={styles.segment}
          onClick={() => onChange(option.value)}
        >
          {option.icon}
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
