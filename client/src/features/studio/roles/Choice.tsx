import { Check } from "lucide-react";
import type { KeyboardEvent } from "react";
import type { FieldAccess } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { named } from "@/model/words";
import { Menu } from "@/ui/Menu";
import type { Level } from "./grants";
import { LevelMark } from "./LevelMark";
import styles from "./Roles.module.css";

const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Moves the focus among the cells of a matrix by arrows. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = MOVES[event.key];
  const from = (event.target as HTMLElement).closest<HTMLElement>("[data-cell]");
  if (!step || !from) return;
  const [row = 0, column = 0] = (from.dataset.cell ?? "").split(":").map(Number);
  const cells = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-cell]")];
  const places = cells.map((cell) => (cell.dataset.cell ?? "").split(":").map(Number) as [number, number]);
  const rows = [...new Set(places.map(([at]) => at))].sort((one, other) => one - other);
  const next = step[0] === 0 ? row : rows[rows.indexOf(row) + step[0]];
  const target = cells[places.findIndex(([at, beside]) => at === next && beside === column + step[1])];
  if (!target) return;
  event.preventDefault();
  target.focus();
}

interface ChoiceProps<T extends Level | FieldAccess> {
  /** What the cell is about, for a screen reader. */
  label: string;
  value: T;
  options: readonly T[];
  words: (value: T) => string;
  cell: string;
  isQuiet?: boolean;
  /** What another role has here, where it differs. */
  other?: T | undefined;
  onChange: (value: T) => void;
}

/** A cell of a matrix: what holds, and a menu of what could. Digits choose at once. */
export function Choice<T extends Level | FieldAccess>(props: ChoiceProps<T>) {
  const { label, value, options, words, cell, isQuiet, other, onChange } = props;
  const language = useLanguage();
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = /^[1-9]$/.test(event.key) ? options[Number(event.key) - 1] : undefined;
    if (chosen === undefined) return;
    event.preventDefault();
    onChange(chosen);
  };
  return (
    <span className={styles.cell} data-differs={other !== undefined}>
      <Menu
        label={label}
        entries={options.map((option, index) => ({
          key: option,
          label: <LevelMark level={option} />,
          icon: option === value ? <Check size={15} aria-hidden="true" /> : <span className={styles.blank} />,
          hint: String(index + 1),
          onSelect: () => onChange(option),
        }))}
        trigger={(trigger) => (
          <button
            {...trigger}
            type="button"
            data-cell={cell}
            className={styles.choice}
            aria-label={named(label, words(value), language)}
            onKeyDown={onKeyDown}
          >
            <LevelMark level={value} {...(isQuiet ? { isQuiet } : {})} />
          </button>
        )}
      />
      {other !== undefined && <LevelMark level={other} isQuiet />}
    </span>
  );
}
