import type { FileInfo, Id, Instant, Json, Named, Problem, RecordRef } from "./common";
import type { Values } from "./records";

export interface SlotState {
  slot: string;
  label: string;
  kind: "file" | "image" | "text" | "link" | "event";
  minimum: number;
  have: number;
  required?: boolean;
  validators: Record<string, Json>;
}

export interface TransitionState {
  key: string;
  label: string;
  target: string;
  backward: boolean;
  allowed: boolean;
  reasons: { key: string; label: string }[];
  remark_required: boolean;
  required_fields: string[];
  missing: Problem[];
  evidence: SlotState[];
}

export interface Moves {
  stage: string | null;
  since: Instant | null;
  frozen_until: Instant | null;
  /** Why it is frozen, in the process's own words, and which fields may be filled in meanwhile. */
  freeze: { reason: string | null; fields: string[] } | null;
  transitions: TransitionState[];
}

export interface MoveDraft {
  transition: string;
  version: number;
  action: string | null;
  remark: string;
  values?: Values;
}

export interface Evidence {
  id: Id;
  slot: string | null;
  slot_label: string | null;
  kind: SlotState["kind"];
  file: FileInfo | null;
  text: string | null;
  record: RecordRef | null;
  at: Instant;
  by: Named | null;
}

export interface EvidenceDraft {
  slot?: string;
  kind: SlotState["kind"];
  file?: Id;
  text?: string;
  record?: { entity: string; id: Id };
}
