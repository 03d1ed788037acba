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

/** Rows that are drawn beyond what is in sight, on either side. */
export const OVERSCAN = 6;

export interface Span {
  first: number;
  /** One past the last. */
  end: number;
  /** Where the first row is drawn, from the top of the scrolled element. */
  top: number;
  /** The row at the upper edge of what is in sight, and how many rows fit. */
  at: number;
  fit: number;
}

/** The rows to draw at a scroll position, with some above and below. */
export function visibleRows(
  scrollTop: number,
  rows: number,
  rowHeight: number,
  viewport: number,
  scaled: Scaled,
  overscan = OVERSCAN,
): Span {
  const offset = Math.max(0, scrollTop * scaled.ratio);
  const at = Math.min(Math.floor(offset / rowHeight), Math.max(0, rows - 1));
  const fit = Math.ceil(viewport / rowHeight);
  const first = Math.max(0, at - overscan);
  const end = Math.min(rows, at + fit + overscan + 1);
  return { first, end, top: scrollTop - (offset - first * rowHeight), at, fit };
}

/**
 * Draws the nearest rows that are here in the place of rows that are still on their way: a thumb that flies past
 * thousands of rows shows some of them, as a film does that is wound forward, and never an empty page.
 */
export function steadySpan(
  span: Span,
  here: { first: number; end: number },
  scrollTop: number,
  rowHeight: number,
): Span {
  const last = here.end - span.fit - 1;
  if (last < here.first) return span;
  const at = Math.max(here.first, Math.min(last, span.at));
  if (at === span.at) return span;
  const first = Math.max(here.first, at - (span.at - span.first));
  const end = Math.min(here.end, at + span.end - span.at);
  return { ...span, first, end, at, top: scrollTop - (at - first) * rowHeight };
}

const SLOW_WINDOWS = 25;
const MOST_AHEAD = 8;
const LATENCY_S = 0.4;

/** How many windows are fetched ahead, by how many pass a second: none where they pass faster than they can be read. */
export function windowsAhead(pace: number): number {
  return pace > SLOW_WINDOWS ? 0 : Math.min(MOST_AHEAD, 2 + Math.ceil(pace * LATENCY_S));
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
