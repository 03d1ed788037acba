/** Fields of forms and how they are laid out, in plain definitions. */
import type { Label, Named } from "./studio";

export interface FieldRule {
  check: string;
  message: Label;
}

export interface Field extends Named {
  type: string;
  options?: Record<string, unknown>;
  required?: boolean;
  unique?: boolean;
  searchable?: boolean;
  default?: string;
  set_when?: string;
  set_to?: string;
  help?: Label;
  visible_if?: string;
  required_if?: string;
  options_if?: Record<string, string>;
  tip_if?: Record<string, Label>;
  rules?: FieldRule[];
  hidden?: boolean;
}

export interface LayoutField {
  /** The field's. */
  key: string;
  width?: 1 | 2 | 3;
}

export interface LayoutGroup {
  key: string;
  label?: Label;
  /** Two where not given. */
  columns?: 1 | 2 | 3;
  fold?: "never" | "open" | "closed";
  fields?: LayoutField[];
}

export interface LayoutTab {
  key: string;
  label?: Label;
  groups?: LayoutGroup[];
}

export interface Layout {
  tabs?: LayoutTab[];
  /** Fields that the form leaves out. */
  hidden?: string[];
}
