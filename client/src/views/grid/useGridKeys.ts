import { type KeyboardEvent, useState } from "react";
import { type Area, type Cell, oneCell } from "./area";

export type { Cell } from "./area";

interface Options {
  rows: number;
  columns: number;
  pageRows: number;
  /** Brings a cell into sight. */
  reveal: (cell: Cell) => void;
  /** Enter and F2: changes the cell, or opens the record where it cannot be changed. */
  onEnter: (cell: Cell) => void;
  onOpen: (row: number) => void;
  onToggle: (row: number) => void;
  /** A letter or figure: begins a change with it. */
  onType: (cell: Cell, text: string) => void;
  onClear: () => void;
  onFillDown: () => void;
}

const LETTERS: Record<string, "fill" | "all"> = { d: "fill", a: "all" };

/** The cells that the keyboard has chosen: arrows, pages and ends move; with Shift they extend. */
export function useGridKeys(options: Options) {
  const { rows, columns, pageRows, reveal } = options;
  const [area, setArea] = useState<Area>(oneCell({ row: 0, column: 0 }));
  const within = (cell: Cell): Cell => ({
    row: Math.max(0, Math.min(rows - 1, cell.row)),
    column: Math.max(0, Math.min(columns - 1, cell.column)),
  });
  const go = (to: Cell, isExtending = false) => {
    const focus = within(to);
    setArea((before) => (isExtending ? { anchor: before.anchor, focus } : oneCell(focus)));
    reveal(focus);
  };
  const { row, column } = area.focus;
  const letter = (event: KeyboardEvent): (() => void) | undefined => {
    const wanted = LETTERS[event.key.toLowerCase()];
    if (!wanted || event.shiftKey || event.altKey) return undefined;
    if (wanted === "fill") return options.onFillDown;
    return () => setArea({ anchor: { row: 0, column: 0 }, focus: { row: rows - 1, column: columns - 1 } });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || rows === 0) return;
    const far = event.ctrlKey || event.metaKey;
    const to = (cell: Cell) => () => go(cell, event.shiftKey);
    const moves: Record<string, () => void> = {
      ArrowDown: to({ row: far ? rows - 1 : row + 1, column }),
      ArrowUp: to({ row: far ? 0 : row - 1, column }),
      ArrowRight: to({ row, column: far ? columns - 1 : column + 1 }),
      ArrowLeft: to({ row, column: far ? 0 : column - 1 }),
      PageDown: to({ row: row + pageRows, column }),
      PageUp: to({ row: row - pageRows, column }),
      Home: to({ row: far ? 0 : row, column: 0 }),
      End: to({ row: far ? rows - 1 : row, column: columns - 1 }),
      Enter: () => (far ? options.onOpen(row) : options.onEnter(area.focus)),
      Escape: () => setArea(oneCell(area.focus)),
      " ": () => options.onToggle(row),
      F2: () => options.onEnter(area.focus),
      Delete: options.onClear,
      Backspace: options.onClear,
    };
    const isText = event.key.length === 1 && event.key !== " " && !far && !event.altKey;
    const move = far ? (moves[event.key] ?? letter(event)) : moves[event.key];
    if (!move && (!isText || event.nativeEvent.isComposing)) return;
    event.preventDefault();
    if (move) move();
    else options.onType(area.focus, event.key);
  };
  return { area, setArea, go, onKeyDown };
}
