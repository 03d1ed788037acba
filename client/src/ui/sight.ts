/** For a ref: brings the present part of a row that is wider than the screen to its middle; the page stays where it is. */
export function intoSight(part: HTMLElement | null): void {
  const row = part?.closest("ol, nav");
  if (!part || !row) return;
  const [own, all] = [part.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += own.left + own.width / 2 - (all.left + all.width / 2);
}
