import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { classes } from "./classes";
import { usePageTitle } from "./hooks";
import styles from "./surfaces.module.css";

interface PanelProps {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
  className?: string | undefined;
}

export function Panel({ title, actions, children, flush, className }: PanelProps) {
  return (
    <section className={classes(styles.panel, className)}>
      {title !== undefined && (
        <header className={styles.panelHead}>
          <h2>{title}</h2>
          {actions}
        </header>
      )}
      <div className={classes(styles.panelBody, flush && styles.flush)}>{children}</div>
    </section>
  );
}

/** The page's name. It takes the focus when the page appears, so that a screen reader speaks it. */
export function PageHeader({ title, note, actions }: { title: ReactNode; note?: ReactNode; actions?: ReactNode }) {
  const ref = useRef<HTMLHeadingElement>(null);
  usePageTitle(title);
  useEffect(() => {
    if (document.activeElement === document.body) ref.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className={styles.header}>
      <h1 ref={ref} tabIndex={-1}>
        {title}
      </h1>
      {note && <span className={styles.note}>{note}</span>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

export function Page({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return <div className={classes(styles.page, className)}>{children}</div>;
}

interface StateProps {
  icon?: ReactNode;
  title: ReactNode;
  text?: ReactNode;
  actions?: ReactNode;
  /** Where the state is the whole page: its title is the page's heading. */
  isPage?: boolean;
}

/** What a place says when it has nothing to show, with the way on. */
export function EmptyState({ icon, title, text, actions, isPage }: StateProps) {
  return (
    <div className={styles.state}>
      {icon}
      {isPage ? <h1>{title}</h1> : <strong>{title}</strong>}
      {text && <p>{text}</p>}
      {actions && <div className={styles.stateActions}>{actions}</div>}
    </div>
  );
}

export const COLOURS = ["grey", "blue", "cyan", "green", "lime", "gold", "orange", "red", "pink", "purple"] as const;
export type Colour = (typeof COLOURS)[number];

const ALIASES: Record<string, Colour> = {
  gray: "grey",
  magenta: "pink",
  volcano: "orange",
  geekblue: "blue",
  yellow: "gold",
  teal: "cyan",
};

export function colourOf(name: string | null | undefined): Colour {
  if (!name) return "grey";
  return COLOURS.find((each) => each === name) ?? ALIASES[name] ?? "grey";
}

export function colourVariables(name: string | null | undefined) {
  const colour = colourOf(name);
  return { "--tag-fg": `var(--${colour}-fg)`, "--tag-bg": `var(--${colour}-bg)`, "--tag-dot": `var(--${colour}-dot)` };
}

interface TagProps {
  colour?: string | null | undefined;
  dot?: boolean;
  retired?: boolean | undefined;
  children: ReactNode;
}

export function Tag({ colour, dot, retired, children }: TagProps) {
  return (
    <span className={classes(styles.tag, dot && styles.dot, retired && styles.retired)} style={colourVariables(colour)}>
      <span>{children}</span>
    </span>
  );
}

export function Count({ value, quiet }: { value: number; quiet?: boolean }) {
  return (
    <span className={classes(styles.count, quiet && styles.countQuiet)}>
      {value > 99 && !quiet ? "99+" : value.toLocaleString(document.documentElement.lang)}
    </span>
  );
}

export function Skeleton({ width = "100%", height }: { width?: string | number; height?: number }) {
  return <span className={styles.skeleton} style={{ width, ...(height ? { height } : {}) }} aria-hidden="true" />;
}

export function SkeletonLines({ lines = 4 }: { lines?: number }) {
  const widths = ["92%", "76%", "84%", "58%", "88%", "66%", "80%", "72%"];
  return (
    <div style={{ display: "grid", gap: 14, padding: "6px 0" }} aria-busy="true">
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity
        <Skeleton key={index} width={widths[index % widths.length] ?? "80%"} />
      ))}
    </div>
  );
}

/** A person's sign: the last character of a Chinese name, the initial of another. */
export function Avatar({ name, size }: { name: string; size?: number }) {
  const sum = [...name].reduce((total, char) => total + (char.codePointAt(0) ?? 0), 0);
  const colour = COLOURS[1 + (sum % (COLOURS.length - 1))];
  const isChinese = /\p{Script=Han}$/u.test(name);
  const text = isChinese ? name.slice(-1) : name.slice(0, 1).toUpperCase();
  return (
    <span
      className={styles.avatar}
      aria-hidden="true"
      style={{ ...colourVariables(colour), ...(size ? { "--avatar": `${size}px` } : {}) }}
    >
      {text}
    </span>
  );
}

export function Progress({ value, label }: { value: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <div style={{ width: `${percent}%` }} />
    </div>
  );
}

const NOTICE_ICONS = { info: Info, warning: TriangleAlert, danger: CircleAlert, success: CircleCheck };

export function Notice({ kind, children }: { kind: keyof typeof NOTICE_ICONS; children: ReactNode }) {
  const Icon = NOTICE_ICONS[kind];
  return (
    <div className={classes(styles.notice, styles[kind])} role={kind === "danger" ? "alert" : undefined}>
      <Icon size={16} aria-hidden="true" />
      <div>{children}</div>
    </div>
  );
}

/** A plain table for short lists; long ones use the grid. Too wide for its place, arrows scroll it; stacked, a phone shows each row as a block. */
export function PlainTable({ children, label, stacked }: { children: ReactNode; label: string; stacked?: boolean }) {
  const ref = useRef<HTMLDivElement>(null);
  const [isWide, setIsWide] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setIsWide(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={ref} className={styles.scroll} {...(isWide ? { role: "region", "aria-label": label, tabIndex: 0 } : {})}>
      <table className={classes(styles.table, stacked && styles.stacked)} aria-label={label}>
        {children}
      </table>
    </div>
  );
}
