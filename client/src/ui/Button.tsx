import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import styles from "./Button.module.css";
import { classes } from "./classes";

type ButtonKind = "primary" | "plain" | "quiet" | "danger" | "link";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind;
  small?: boolean;
  wide?: boolean;
  /** Marked as in force (a filter that is on, say). */
  active?: boolean;
  busy?: boolean;
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  const { kind = "plain", small, wide, active, busy, icon, children, className, disabled, ref, ...rest } = props;
  return (
    <button
      ref={ref}
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={classes(
        styles.button,
        styles[kind],
        small && styles.small,
        wide && styles.wide,
        active && styles.active,
        className,
      )}
    >
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, "children" | "icon"> {
  /** Says what the button does; shown as a tooltip and read aloud. */
  label: string;
  children: ReactNode;
}

export function IconButton({ label, children, kind = "quiet", className, ...rest }: IconButtonProps) {
  return (
    <Button {...rest} kind={kind} className={classes(styles.icon, className)} aria-label={label} title={label}>
      {children}
    </Button>
  );
}

/** The look of a button for links. */
export function buttonClass(kind: ButtonKind = "plain", small = false): string {
  return classes(styles.button, styles[kind], small && styles.small);
}
