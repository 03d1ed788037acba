/** Where stages lie on the canvas: in their order from left to right, row after row; lost stages below. Pure. */
import type { Process } from "@/api/types/studio";

export const NODE = { width: 192, height: 84 };
const GAP = { x: 104, y: 92 };

export interface Spot {
  x: number;
  y: number;
  row: number;
  column: number;
}

/** The places of stages on a canvas of this width. */
export function layoutStages(process: Process, width: number): Map<string, Spot> {
  const step = { x: NODE.width + GAP.x, y: NODE.height + GAP.y };
  const perRow = Math.max(2, Math.floor((width + GAP.x - 40) / step.x));
  const spots = new Map<string, Spot>();
  const way = process.stages.filter((each) => each.kind !== "lost");
  const lost = process.stages.filter((each) => each.kind === "lost");
  way.forEach((stage, index) => {
    const row = Math.floor(index / perRow);
    const column = index % perRow;
    spots.set(stage.key, { x: column * step.x, y: row * step.y, row, column });
  });
  const below = Math.max(1, Math.ceil(way.length / perRow));
  lost.forEach((stage, index) => {
    spots.set(stage.key, { x: index * step.x, y: below * step.y + 10, row: below, column: index });
  });
  return spots;
}

export type Side = "left" | "right" | "top" | "bottom";

/** The sides of two stages between which a move is drawn. */
export function sidesOf(from: Spot, to: Spot): { source: Side; target: Side } {
  if (from.row === to.row) {
    if (to.column === from.column + 1) return { source: "right", target: "left" };
    return to.column > from.column ? { source: "top", target: "top" } : { source: "bottom", target: "bottom" };
  }
  return to.row > from.row ? { source: "bottom", target: "top" } : { source: "top", target: "bottom" };
}
