/** Views and pages, as the server gives them to a member. */
import type { Condition, Sort } from "./definitions";

export const MEASURES = ["count", "count_distinct", "sum", "avg", "min", "max"] as const;
export type MeasureKind = (typeof MEASURES)[number];

export interface Measure {
  do: MeasureKind;
  field?: string | null;
}

export const GROUP_UNITS = ["day", "week", "month", "quarter", "year"] as const;
export type GroupUnit = (typeof GROUP_UNITS)[number];

export interface GroupLevel {
  field: string;
  unit?: GroupUnit | null;
}

/** Paints the row or card, or the value of one field, of the records that meet `when`. */
export interface ColourRule {
  when: Condition;
  colour: string;
  field?: string | null;
}

export interface CalendarSettings {
  start: string;
  end?: string | null;
  title?: string | null;
  colour?: string | null;
}

export interface GallerySettings {
  picture?: string | null;
  fit?: "cover" | "contain";
}

export interface MapSettings {
  place: string;
  colour?: string | null;
}

export type TimelineScale = "day" | "week" | "month";

export interface TimelineSettings {
  start: string;
  end?: string | null;
  progress?: string | null;
  title?: string | null;
  colour?: string | null;
  scale?: TimelineScale;
}

export const VIEW_KINDS = ["grid", "board", "calendar", "gallery", "map", "timeline"] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

export interface ViewDefinition {
  key: string;
  label: string;
  entity: string;
  kind: ViewKind;
  columns: string[];
  widths: Record<string, number>;
  frozen: number;
  filter: Condition | null;
  sort: Sort[];
  group: string | null;
  groups: GroupLevel[];
  measures: Measure[];
  summary: Record<string, MeasureKind>;
  card: string[];
  colours: ColourRule[];
  calendar: CalendarSettings | null;
  gallery: GallerySettings | null;
  map: MapSettings | null;
  timeline: TimelineSettings | null;
  personal: boolean;
  mine: boolean;
  shared: boolean;
}

export const BLOCK_KINDS = [
  "numbers",
  "tasks",
  "stalled",
  "stages",
  "view",
  "figures",
  "recent",
  "shortcuts",
  "text",
  "announcements",
] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

export interface ShortcutDefinition {
  label: string;
  view: string | null;
  page: string | null;
  create: string | null;
  url: string | null;
}

export interface BlockDefinition {
  key: string;
  kind: BlockKind;
  title: string;
  width: number;
  limit: number;
  numbers: string[];
  process: string | null;
  hours: number;
  /** The moment from which a record stands still; null: since when it is in its stage. */
  since: string | null;
  view: string | null;
  entity: string | null;
  filter: Condition | null;
  group: string | null;
  measure: Measure;
  links: ShortcutDefinition[];
  text: string;
}

export interface PageDefinition {
  key: string;
  label: string;
  description: string | null;
  home: boolean;
  icon: string;
  blocks: BlockDefinition[];
}
