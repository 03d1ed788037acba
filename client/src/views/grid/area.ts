/** A rectangle of cells: where it was begun, and where it reaches to. Plain. */

export interface Cell {
  row: number;
  column: number;
}

export interface Area {
  /** Where it was begun. */
  anchor: Cell;
  /** Where the keyboard or the mouse is. */
  focus: Cell;
}

export interface Box {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export const oneCell = (cell: Cell): Area => ({ anchor: cell, focus: cell });

export function boxOf({ anchor, focus }: Area): Box {
  return {
    top: Math.min(anchor.row, focus.row),
    left: Math.min(anchor.column, focus.column),
    bottom: Math.max(anchor.row, focus.row),
    right: Math.max(anchor.column, focus.column),
  };
}

export const heightOf = (box: Box) => box.bottom - box.top + 1;
export const widthOf = (box: Box) => box.right - box.left + 1;

/** The columns of a row that lie in the box; null where the row does not. */
export function columnsIn(box: Box, row: number): [number, number] | null {
  return row < box.top || row > box.bottom ? null : [box.left, box.right];
}

/**
 * Where a clipboard of `height` by `width` goes: over the chosen box as often as it fits a whole number of times, or
 * from its first cell, as spreadsheets do; never past the end of the grid.
 */
export function targetOf(box: Box, height: number, width: number, grid: { rows: number; columns: number }): Box {
  const tall = heightOf(box) % height === 0 ? heightOf(box) : height;
  const wide = widthOf(box) % width === 0 ? widthOf(box) : width;
  return {
    top: box.top,
    left: box.left,
    bottom: Math.min(grid.rows, box.top + tall) - 1,
    right: Math.min(grid.columns, box.left + wide) - 1,
  };
}
