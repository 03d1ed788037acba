import type { Problem } from "./common";

export type UsedKind =
  | "field"
  | "entity"
  | "option_set"
  | "option"
  | "stage"
  | "numbering"
  | "process"
  | "view"
  | "role"
  | "number"
  | "page"
  | "app";

export interface UsedPlace {
  kind: string;
  key: string;
  label: string;
  entity: string | null;
  aspect: string;
  kind_label: string;
  aspect_label: string;
}

export interface NextNumbers {
  numbers: string[];
  problems: Problem[];
}

export interface WorkSpan {
  opens: string;
  closes: string;
}

export interface WorkHours {
  weekdays: number[];
  has_public_holidays: boolean;
  spans: WorkSpan[];
  weekday_spans: Record<string, WorkSpan[]>;
}

export interface SpecialDay {
  day: string;
  is_working: boolean;
  reason: "holiday" | "makeup" | "own";
  name: string;
}

export interface WorkYear extends WorkHours {
  year: number;
  first_year: number;
  last_year: number;
  known_until: number;
  days: SpecialDay[];
}

export interface OwnDay {
  day: string;
  is_working: boolean | null;
  name: string;
}
