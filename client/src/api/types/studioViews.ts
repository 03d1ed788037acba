/** Views and pages as builders edit them. */
import type { Condition, Label, Measure, Named, Sort } from "./studio";

export interface View extends Named {
  entity: string;
  kind?: string;
  columns?: string[];
  filter?: Condition;
  sort?: Sort[];
  group?: string;
  measures?: Measure[];
  widths?: Record<string, number>;
  frozen?: number;
  groups?: { field: string; unit?: string }[];
  summary?: Record<string, string>;
  card?: string[];
  colours?: ColourRule[];
  calendar?: { start: string; end?: string; title?: string; colour?: string };
  gallery?: { picture?: string; fit?: string };
  map?: { place: string; colour?: string };
  timeline?: { start: string; end?: string; progress?: string; title?: string; colour?: string; scale?: string };
  roles?: string[];
}

/** Paints the rows that meet `when`, or the value of one field in them. */
export interface ColourRule {
  when: Condition;
  colour: string;
  field?: string;
}

export interface Shortcut {
  label: Label;
  view?: string;
  page?: string;
  create?: string;
  url?: string;
}

export interface Block {
  key: string;
  kind: string;
  title?: Label;
  width?: number;
  limit?: number;
  numbers?: string[];
  process?: string;
  hours?: number;
  since?: string;
  view?: string;
  entity?: string;
  filter?: Condition;
  group?: string;
  measure?: Measure;
  links?: Shortcut[];
  text?: Label;
}

export interface Page extends Named {
  roles?: string[];
  home?: boolean;
  icon?: string;
  blocks?: Block[];
}
