/** How a member has arranged a list on this device: widths and order of its columns, by view. */
export interface Layout {
  widths: Record<string, number>;
  order: string[];
}

const EMPTY: Layout = { widths: {}, order: [] };
const name = (member: string, view: string) => `xiaolu.columns.${member}.${view}`;

export function readLayout(member: string, view: string): Layout {
  try {
    const kept = JSON.parse(localStorage.getItem(name(member, view)) ?? "null") as Partial<Layout> | null;
    return { widths: kept?.widths ?? {}, order: Array.isArray(kept?.order) ? kept.order : [] };
  } catch {
    return EMPTY;
  }
}

export function keepLayout(member: string, view: string, layout: Layout): void {
  try {
    localStorage.setItem(name(member, view), JSON.stringify(layout));
  } catch {
    // A full or closed storage costs the arrangement only.
  }
}

/** Columns in the kept order; those that it does not know stay behind the one they follow. */
export function inOrder<T extends { key: string }>(columns: T[], order: string[]): T[] {
  const known = order.flatMap((key) => columns.find((each) => each.key === key) ?? []);
  const result = [...known];
  columns.forEach((column, index) => {
    if (known.includes(column)) return;
    const before = columns[index - 1];
    result.splice(before ? result.indexOf(before) + 1 : 0, 0, column);
  });
  return result;
}

const WIDEST_TAG = 220;
/** Padding of the cell and of the tag in it. */
const AROUND_TAG = 38;

/** The width, px, in which the longest of some tags is read whole, within reason: Chinese is short, English is not. */
export function tagWidth(labels: readonly string[]): number {
  const letters = (label: string) => [...label].reduce((sum, each) => sum + (each > "⺀" ? 12 : 6.8), 0);
  return Math.min(WIDEST_TAG, Math.ceil(AROUND_TAG + Math.max(0, ...labels.map(letters))));
}
