/** Definitions as builders edit them: plain JSON in which what has its default is left out. */
export * from "./publishing";

import type { Page, View } from "./studioViews";

export type { Block, ColourRule, Page, Shortcut, View } from "./studioViews";

import type { Field, FieldRule, Layout } from "./form";

export type { Field, FieldRule, Layout, LayoutField, LayoutGroup, LayoutTab } from "./form";

export type Label = string | { zh?: string; en?: string };
/** From the outside in; elements of lists by their key (grants by their entity). */
export type Path = readonly string[];
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Named {
  key: string;
  label: Label;
  description?: Label;
  /** Roles that must approve changes of this definition. */
  owners?: string[];
}

export interface Entity extends Named {
  fields: Field[];
  title: string;
  icon?: string;
  rules?: FieldRule[];
  duplicates?: string[][];
  parent?: string;
  layout?: Layout;
}

export interface Option extends Named {
  colour?: string;
  retired?: boolean;
  parent?: string;
}

export interface OptionSet extends Named {
  options: Option[];
}

export interface Numbering extends Named {
  pattern: string;
  reset?: "never" | "year" | "month" | "day";
  start?: number;
}

export interface EvidenceSlot extends Named {
  kind: string;
  required?: boolean;
  minimum?: number;
  validators?: Record<string, unknown>;
}

export interface TimeLimit {
  hours: number;
  calendar?: "calendar" | "working";
  escalate?: string[];
  step_hours?: number;
}

export interface Stage extends Named {
  required?: string[];
  evidence?: EvidenceSlot[];
  readonly?: string[];
  open_when_frozen?: string[];
  colour?: string;
  limit?: TimeLimit;
  kind?: "open" | "won" | "lost";
}

export interface Effect {
  do: string;
  role?: string;
  to?: string;
  into?: string;
  title?: Label;
  background?: string[];
  goal?: Label;
  next_step?: Label;
  text?: Label;
  hours?: number;
  calendar?: "calendar" | "working";
  values?: Record<string, string>;
  reason?: Label;
}

export interface Transition extends Named {
  source: string[];
  target: string;
  guard?: string;
  guard_message?: Label;
  roles?: string[];
  reasons?: string;
  backward?: boolean;
  effects?: Effect[];
}

export interface Process extends Named {
  entity: string;
  stages: Stage[];
  transitions: Transition[];
  initial: string;
  reasons?: string;
  remark_required?: boolean;
  remark_minimum?: number;
  background?: string[];
  on_create?: Effect[];
}

export interface Condition {
  and?: Condition[];
  or?: Condition[];
  field?: string;
  op?: string;
  value?: unknown;
  formula?: string;
}

export interface Sort {
  field: string;
  descending?: boolean;
}

export interface Measure {
  do: string;
  field?: string;
}

export type Scope = "none" | "own" | "department" | "department_tree" | "all" | "formula";
export type FieldAccess = "hidden" | "read" | "write";

export interface Grant {
  entity: string;
  create?: boolean;
  read?: Scope;
  update?: Scope;
  delete?: Scope;
  move?: Scope;
  import?: boolean;
  export?: boolean;
  formula?: string;
  fields?: Record<string, FieldAccess>;
  stages?: Record<string, Record<string, FieldAccess>>;
}

export interface Role extends Named {
  grants?: Grant[];
  abilities?: string[];
}

export interface NumberDef extends Named {
  entity: string;
  measure: Measure;
  filter?: Condition;
  of?: Condition;
  unit?: Label;
  roles?: string[];
  view?: string;
}

export interface MenuItem extends Named {
  view?: string;
  page?: string;
}

export interface App extends Named {
  version?: string;
  depends?: string[];
  icon?: string;
  menu?: MenuItem[];
}

export interface PublicFieldDef {
  key: string;
  label?: Label;
  help?: Label;
  required?: boolean;
}

export interface PublicFormDef extends Named {
  entity: string;
  fields: PublicFieldDef[];
  owner: { member?: string; role?: string; department?: string };
  intro?: Label;
  thanks?: Label;
  button?: Label;
  consent?: Label;
  values?: Record<string, unknown>;
  origin?: Record<string, string>;
  opens?: string;
  closes?: string;
  origins?: string[];
  active?: boolean;
}

export interface TourStepDef extends Named {
  text: Label;
  page?: string;
  anchor?: string;
  done?: string;
  entity?: string;
}

export interface TourDef extends Named {
  steps: TourStepDef[];
  minutes?: number;
  ability?: string;
  roles?: string[];
}

export interface Definitions {
  format?: number;
  apps?: App[];
  option_sets?: OptionSet[];
  numberings?: Numbering[];
  entities?: Entity[];
  processes?: Process[];
  views?: View[];
  roles?: Role[];
  numbers?: NumberDef[];
  pages?: Page[];
  public_forms?: PublicFormDef[];
  tours?: TourDef[];
  /** Of the draft alone: process → deleted stage → the stage that its records go to. */
  moves?: Record<string, Record<string, string>>;
  /** Of the draft alone: process → what the records that run in it do. */
  running?: Record<string, { choice?: "finish" | "move"; stages?: string[] }>;
}

/** One step of an edit. */
export type Op =
  | { op: "put"; path: Path; value: unknown }
  | { op: "drop"; path: Path }
  | { op: "place"; path: Path; before: string | null };

export interface DraftProblem {
  path: (string | number)[];
  code: string;
  message: string;
  params: Record<string, unknown>;
}

/** A place where the draft ("yours") and what was published since disagree. */
export interface Disagreement {
  place: string;
  path: string[];
  shipped_then: unknown;
  shipped_now: unknown;
  yours: unknown;
  absent: string[];
}

export interface DraftDocument {
  id: number;
  base_version: number;
  version: number;
  revision: number;
  definitions: Definitions;
  published: Definitions;
  changed: boolean;
  behind: boolean;
  conflicts: Disagreement[];
  editors: { id: string | null; name: string; at: string }[];
  problems: DraftProblem[];
}

export interface DraftEdit {
  revision: number;
  kind: "edit" | "rebase";
  author: string;
  author_id: string | null;
  at: string;
  label: string;
  ops: Op[];
}
