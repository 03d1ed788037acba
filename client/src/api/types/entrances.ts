/** What the ways in exchange with the server. */

export interface ColumnPlan {
  column: string;
  key: string;
  label: string;
  type: string;
  included?: boolean;
  unique?: boolean;
  choices?: string[];
  currency?: string | null;
  scale?: number | null;
  order?: "dmy" | "mdy" | null;
  target?: string | null;
  target_column?: string | null;
  replacements?: Record<string, string>;
}

export interface Calculated {
  key: string;
  label: string;
  formula: string;
  result: string;
}

export interface SheetPlan {
  id: string;
  file: string;
  file_name: string;
  sheet?: string | null;
  key: string;
  label: string;
  title: string;
  columns: ColumnPlan[];
  board?: string | null;
  group?: string | null;
  only?: [string, string] | null;
  calculated?: Calculated[];
  missing?: "create" | "refuse";
  rows?: number;
}

export interface AppPlan {
  key: string;
  label: string;
  icon?: string;
  sheets: SheetPlan[];
  roles?: Record<string, "read" | "edit">;
}

export interface Fit {
  type: string;
  share: number;
  misfits: string[];
}

export interface RelationGuess {
  target: string;
  column: string;
  share: number;
  replacements: Record<string, string>;
  unmatched: string[];
}

export interface ColumnFacts {
  column: string;
  samples: string[];
  filled: number;
  distinct: number;
  fits: Fit[];
  choices: string[];
  relations: RelationGuess[];
}

export interface SheetFacts {
  id: string;
  rows: number;
  looked_at: number;
  columns: ColumnFacts[];
}

export interface Proposal {
  plan: AppPlan;
  facts: SheetFacts[];
}

export interface PlanPreview {
  steps: { text: string; risk: string }[];
  problems: { path: (string | number)[]; code: string; message: string }[];
}

export interface BuildStep {
  label: string;
  entity: string;
  relations: boolean;
  job: string | null;
  state: string;
  total: number;
  done: number;
  created: number;
  updated: number;
  bad: number;
  failure: string | null;
}

export interface Build {
  id: string;
  app: string;
  label: string;
  phase: "importing" | "done" | "undone";
  version: number;
  created_at: string;
  view: string;
  steps: BuildStep[];
}

export interface Template {
  key: string;
  label: string;
  description: string;
  icon: string;
  version: string;
  installed: boolean;
  entities: {
    key: string;
    label: string;
    fields: { label: string; type: string; type_label: string; required: boolean }[];
  }[];
  stages: { label: string; colour: string; kind: string; demands: number }[];
  views: { label: string; kind: string }[];
  roles: { key: string; label: string }[];
  numbers: string[];
  opens: string | null;
}

export interface TemplateSummary {
  key: string;
  label: string;
  description: string;
  icon: string;
  scenario: string;
  family: string | null;
  industry: string | null;
  fields: number;
  stages: number;
  views: number;
  installed: boolean;
}

export interface Gallery {
  families: { key: string; label: string }[];
  industries: { key: string; label: string }[];
  templates: TemplateSummary[];
}

export interface PublicFormEntry {
  key: string;
  label: string;
  entity: string;
  token: string;
  tally: { accepted: number; held: number; refused: number; last: string | null };
}

export interface Submission {
  id: string;
  at: string;
  state: "accepted" | "held" | "refused" | "dropped";
  reason: string | null;
  entity: string;
  record_id: string | null;
  owner_id: string | null;
  content: Record<string, unknown> | null;
  origin: Record<string, string>;
}

export interface SubmissionList {
  submissions: Submission[];
  next: string | null;
}

export const OBSTACLE_CATEGORIES = ["slow", "unclear", "missing", "wrong", "useless", "other"] as const;
export type ObstacleCategory = (typeof OBSTACLE_CATEGORIES)[number];
export const OBSTACLE_STATES = ["new", "planned", "done", "declined"] as const;
export type ObstacleState = (typeof OBSTACLE_STATES)[number];

export interface ObstaclePlace {
  page: string;
  entity?: string;
  record?: string;
  stage?: string;
  width?: number;
  language?: string;
}

export interface Obstacle {
  id: string;
  at: string;
  reporter: string;
  reporter_name: string;
  category: ObstacleCategory;
  text: string;
  page: string;
  entity: string | null;
  record_id: string | null;
  stage: string | null;
  place: Record<string, unknown>;
  version: number;
  state: ObstacleState;
  answer: string | null;
  decided_at: string | null;
  decided_by: string | null;
}

export interface ObstacleList {
  obstacles: Obstacle[];
  counts: { entity: string | null; stage: string | null; open: number; total: number }[];
  next: string | null;
}

export type TourState = "running" | "paused" | "done" | "dismissed";

export interface TourProgress {
  tour: string;
  state: TourState;
  step: string | null;
  done: string[];
}

export interface TourStep {
  key: string;
  title: string;
  text: string;
  page: string | null;
  anchor: string | null;
  done: string;
}

export interface Tour {
  key: string;
  label: string;
  description: string;
  minutes: number;
  for_builders: boolean;
  steps: TourStep[];
  progress: TourProgress | null;
}
