import type { Id, Instant, Json, Named, Problem } from "./common";
import type { Condition, Sort } from "./definitions";
import type { GroupUnit, Measure } from "./views";

export type Values = Record<string, Json>;

export interface RecordRow {
  id: Id;
  version: number;
  entity: string;
  title: string;
  values: Values;
  display: Record<string, string>;
  created_at: Instant;
  created_by: Id | null;
  updated_at: Instant;
  updated_by: Id | null;
  owner: Id | null;
  department: Id | null;
  stage: string | null;
  stage_since: Instant | null;
  /** The former process version that the record finishes on; empty: it runs in the present one. */
  process_version?: number | null;
  frozen_until: Instant | null;
  deleted_at?: Instant | null;
  can?: { update: boolean; delete: boolean; move: boolean };
  /** Positions of the asked `marks` that hold for the record. */
  marks?: number[];
}

export interface ListQuery {
  filter?: Condition | null;
  sort?: Sort[];
  search?: string;
  deleted?: boolean;
  view?: string;
  /** Conditions that each row is tested for. */
  marks?: Condition[];
  /** Fields wanted; without it all. */
  fields?: string[];
}

export interface RecordPage {
  rows: RecordRow[];
  next: string | null;
  count: number | null;
}

export interface RecordWindow {
  rows: RecordRow[];
  count: number | null;
}

export interface GroupBy {
  field: string;
  unit?: GroupUnit;
}

export interface AggregateGroup {
  keys: Json[];
  labels: (string | null)[];
  values: (number | string | null)[];
}

export interface AggregateQuery extends ListQuery {
  group: GroupBy[];
  measures: Measure[];
}

/** A square of the map: how many records it holds, and which one where it is one. */
export interface Spot {
  lat: number;
  lng: number;
  count: number;
  id: Id | null;
  /** What all records of the spot have in the field that colours them. */
  value: string | null;
}

export type Box = [west: number, south: number, east: number, north: number];

export interface Spots {
  spots: Spot[];
  bounds: Box | null;
  placed: number;
  missing: number;
}

export interface Evaluation {
  visible: Record<string, boolean>;
  required: Record<string, boolean>;
  options: Record<string, string[]>;
  tips: Record<string, string[]>;
  /** What fields hold that nobody filled: defaults of a new record, computed fields. */
  values: Values;
  display: Record<string, string>;
}

export interface Change {
  field: string;
  label: string;
  before: Json;
  after: Json;
  before_text: string;
  after_text: string;
}

export interface HistoryEvent {
  id: number | string;
  at: Instant;
  kind: string;
  actor: Named | null;
  cause: string;
  changes: Change[];
  action: string | null;
  action_label: string | null;
  remark: string | null;
  subject: string | null;
}

export interface RelatedCount {
  entity: string;
  field: string;
  label: string;
  count: number;
}

export interface BulkOutcome {
  changed: number;
  failed: { id: Id; title?: string; problems: Problem[] }[];
}

/** New cells of one record: as people write them, or as values; `expected` is what must still be there. */
export interface CellRowChange {
  id: Id;
  texts?: Record<string, string | null>;
  values?: Values;
  expected?: Values;
}

export interface CellsOutcome {
  written: boolean;
  changed: { id: Id; values: Values }[];
  failed: { id: Id; problems: Problem[] }[];
}

export interface SearchHit {
  entity: string;
  id: Id;
  title: string;
  subtitle: string;
}

export interface AccessAnswer {
  can: { read: boolean; update: boolean; delete: boolean; move: boolean };
  reasons: { operation: string; speaks_for: boolean; code: string; text: string }[];
  fields: { field: string; label: string; access: "hidden" | "read" | "write"; text: string }[];
}

export interface Share {
  id: Id;
  member: Named | null;
  department: Named | null;
  access: "read" | "update";
  shared_by: Named;
  at: Instant;
}
