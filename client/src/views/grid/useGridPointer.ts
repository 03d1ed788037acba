import { type PointerEvent, useEffect, useRef } from "react";
import { type Area, type Cell, oneCell } from "./area";

/** The cell under the mouse: its id ends with row and column. */
function cellOf(target: EventTarget | null): Cell | null {
  const element = target instanceof Element ? target.closest("[role=gridcell][id]") : null;
  const match = /-(\d+)-(\d+)$/.exec(element?.id ?? "");
  return match ? { row: Number(match[1]), column: Number(match[2]) } : null;
}

const EDGE = 28;
const SPEED = 14;

/** Choosing cells by mouse: a press begins, a drag or a press with Shift extends; past the edge the grid scrolls along. */
export function useGridPointer(scroller: HTMLDivElement | null, setArea: (change: (before: Area) => Area) => void) {
  const dragging = useRef<{ x: number; y: number } | null>(null);
  useEffect(() => {
    if (!scroller) return undefined;
    let frame = 0;
    const extend = () => {
      const at = dragging.current;
      if (!at) return;
      const cell = cellOf(document.elementFromPoint(at.x, at.y));
      if (cell) setArea((before) => (sameCell(before.focus, cell) ? before : { anchor: before.anchor, focus: cell }));
    };
    const along = () => {
      const at = dragging.current;
      if (!at) return;
      const box = scroller.getBoundingClientRect();
      const push = (from: number, to: number, value: number) =>
        value < from + EDGE ? -SPEED : value > to - EDGE ? SPEED : 0;
      const [dx, dy] = [push(box.left, box.right, at.x), push(box.top, box.bottom, at.y)];
      if (dx || dy) {
        scroller.scrollBy(dx, dy);
        extend();
      }
      frame = requestAnimationFrame(along);
    };
    const move = (event: globalThis.PointerEvent) => {
      if (!dragging.current) return;
      dragging.current = { x: event.clientX, y: event.clientY };
      if (!frame) frame = requestAnimationFrame(along);
      extend();
    };
    const stop = () => {
      dragging.current = null;
      cancelAnimationFrame(frame);
      frame = 0;
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", stop);
    window.addEventListener("pointercancel", stop);
    return () => {
      stop();
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", stop);
      window.removeEventListener("pointercancel", stop);
    };
  }, [scroller, setArea]);

  return (event: PointerEvent) => {
    const cell = cellOf(event.target);
    if (!cell || event.button !== 0 || event.pointerType === "touch") return;
    if ((event.target as Element).closest("a, button, input")) return;
    dragging.current = { x: event.clientX, y: event.clientY };
    setArea((before) => (event.shiftKey ? { anchor: before.anchor, focus: cell } : oneCell(cell)));
    scroller?.focus({ preventScroll: true });
    event.preventDefault();
  };
}

const sameCell = (one: Cell, other: Cell) => one.row === other.row && one.column === other.column;
