import { Check } from "lucide-react";
import type { KeyboardEvent, ReactElement, ReactNode } from "react";
import { classes } from "./classes";
import styles from "./Menu.module.css";
import { Popup, type TriggerProps } from "./Popup";

export interface MenuEntry {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  hint?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  /** One of several choices: whether it is the one in force. */
  checked?: boolean;
  /** A heading before this entry. */
  heading?: ReactNode;
  /** A line before this entry. */
  split?: boolean;
  onSelect: () => void;
}

interface MenuProps {
  trigger: (props: TriggerProps) => ReactElement;
  entries: MenuEntry[];
  label: string;
  end?: boolean;
  head?: ReactNode;
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const step: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  const next = step[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items[(next + items.length) % items.length]?.focus();
}

/** A list of commands behind a button; arrows move, Enter chooses, Escape closes. */
export function Menu({ trigger, entries, label, end, head }: MenuProps) {
  return (
    <Popup trigger={trigger} role="menu" label={label} {...(end ? { end } : {})}>
      {(close) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: only passes the arrow keys of the items inside on
        <div onKeyDown={moveFocus}>
          {head}
          {entries.map((entry) => (
            <div key={entry.key}>
              {entry.split && <div className={styles.split} />}
              {entry.heading && (
                <div className={styles.heading} aria-hidden="true">
                  {entry.heading}
                </div>
              )}
              <button
                type="button"
                role={entry.checked === undefined ? "menuitem" : "menuitemradio"}
                {...(entry.checked === undefined ? {} : { "aria-checked": entry.checked })}
                tabIndex={-1}
                aria-disabled={entry.disabled || undefined}
                className={classes(styles.item, entry.danger && styles.danger)}
                onClick={() => {
                  if (entry.disabled) return;
                  close();
                  entry.onSelect();
                }}
              >
                {entry.icon}
                <span>{entry.label}</span>
                {entry.checked && <Check size={15} className={styles.checked} aria-hidden="true" />}
                {entry.hint && <span className={styles.hint}>{entry.hint}</span>}
              </button>
            </div>
          ))}
        </div>
      )}
    </Popup>
  );
}
