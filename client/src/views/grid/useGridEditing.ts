import { useState } from "react";
import type { FieldDefinition, RecordRow } from "@/api/types";
import type { Cell } from "./area";
import type { Onward } from "./CellEditor";
import type { WindowRows } from "./useWindowRows";

const STEP: Record<Onward, Cell> = {
  stay: { row: 0, column: 0 },
  down: { row: 1, column: 0 },
  right: { row: 0, column: 1 },
  left: { row: 0, column: -1 },
};

/** The cell that is being changed, if one is; what cannot be changed opens its record instead. */
export function useGridEditing(fields: FieldDefinition[], rows: WindowRows, onOpen: (row: RecordRow) => void) {
  const [at, setAt] = useState<(Cell & { typed: string | null }) | null>(null);
  const mayEdit = (cell: Cell) => {
    const field = fields[cell.column];
    return field?.access === "write" && !field.is_computed && rows.rowAt(cell.row)?.can?.update !== false;
  };
  const open = (index: number) => {
    const row = rows.rowAt(index);
    if (row) onOpen(row);
  };
  return {
    at,
    row: at ? rows.rowAt(at.row) : undefined,
    field: at ? fields[at.column] : undefined,
    open,
    enter: (cell: Cell, typed: string | null = null) => {
      if (mayEdit(cell)) setAt({ ...cell, typed });
      else if (typed === null) open(cell.row);
    },
    /** Ends the change and goes on; sideways the next cell is changed at once. */
    close: (onward: Onward, go: (cell: Cell) => void) => {
      setAt(null);
      if (!at || onward === "stay") return;
      const next = { row: at.row + STEP[onward].row, column: at.column + STEP[onward].column };
      go(next);
      if (onward !== "down" && next.column >= 0 && next.column < fields.length && mayEdit(next))
        setAt({ ...next, typed: null });
    },
  };
}
