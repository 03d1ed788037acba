import { type KeyboardEvent, useState } from "react";

export interface Cell {
  row: number;
  column: number;
}

interface Options {
  rows: number;
  columns: number;
  pageRows: number;
  /** Brings a row into sight. */
  reveal: (row: number) => void;
  onOpen: (row: number) => void;
  onToggle: (row: number) => void;
  onEdit: (cell: Cell) => void;
}

/** The cell that the keyboard is on: arrows, pages and ends move it; Enter opens, Space selects, F2 edits. */
export function useGridKeys({ rows, columns, pageRows, reveal, onOpen, onToggle, onEdit }: Options) {
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 });
  const go = (row: number, column: number) => {
    const next = { row: Math.max(0, Math.min(rows - 1, row)), column: Math.max(0, Math.min(columns - 1, column)) };
    setActive(next);
    reveal(next.row);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || rows === 0) return;
    const { row, column } = active;
    const far = event.ctrlKey || event.metaKey;
    const moves: Record<string, () => void> = {
      ArrowDown: () => go(far ? rows - 1 : row + 1, column),
      ArrowUp: () => go(far ? 0 : row - 1, column),
      ArrowRight: () => go(row, far ? columns - 1 : column + 1),
      ArrowLeft: () => go(row, far ? 0 : column - 1),
      PageDown: () => go(row + pageRows, column),
      PageUp: () => go(row - pageRows, column),
      Home: () => go(far ? 0 : row, 0),
      End: () => go(far ? rows - 1 : row, columns - 1),
      Enter: () => onOpen(row),
      " ": () => onToggle(row),
      F2: () => onEdit(active),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  return { active, setActive, onKeyDown };
}
