/**
 * A scroller over more rows than a browser can lay out: past a height the scroll position stands for a share of the
 * rows, below it for pixels.
 */

export const MAX_HEIGHT = 8_000_000;

interface Scaled {
  /** Height of the element that is scrolled. */
  height: number;
  /** Pixels of rows for one pixel of scrolling. */
  ratio: number;
}

export function scale(rows: number, rowHeight: number, viewport: number): Scaled {
  const full = rows * rowHeight;
  if (full <= MAX_HEIGHT) return { height: full, ratio: 1 };
  return { height: MAX_HEIGHT, ratio: (full - viewport) / (MAX_HEIGHT - viewport) };
}

export interface Span {
  first: number;
  /** One past the last. */
  end: number;
  /** Where the first row is drawn, from the top of the scrolled element. */
  top: number;
}

/** The rows to draw at a scroll position, with some above and below. */
export function visibleRows(
  scrollTop: number,
  rows: number,
  rowHeight: number,
  viewport: number,
  scaled: Scaled,
  overscan = 6,
): Span {
  const offset = Math.max(0, scrollTop * scaled.ratio);
  const at = Math.min(Math.floor(offset / rowHeight), Math.max(0, rows - 1));
  const first = Math.max(0, at - overscan);
  const end = Math.min(rows, at + Math.ceil(viewport / rowHeight) + overscan + 1);
  return { first, end, top: scrollTop - (offset - first * rowHeight) };
}

/** The scroll position at which a row is in sight; the present one where it already is. */
export function scrollToRow(
  row: number,
  scrollTop: number,
  rowHeight: number,
  viewport: number,
  scaled: Scaled,
): number {
  const offset = scrollTop * scaled.ratio;
  const start = row * rowHeight;
  if (start < offset) return start / scaled.ratio;
  if (start + rowHeight > offset + viewport) return (start + rowHeight - viewport) / scaled.ratio;
  return scrollTop;
}
