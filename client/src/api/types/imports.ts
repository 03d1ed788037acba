import type { Id, Instant, Problem } from "./common";

export interface ImportColumn {
  name: string;
  samples: string[];
  field: string | null;
  confidence: number;
}

export type ImportState = "uploaded" | "mapped" | "checking" | "checked" | "running" | "done" | "failed" | "undone";

export interface ImportField {
  key: string;
  label: string;
  required: boolean;
}

export interface ImportProblem {
  row: number;
  column?: string | null;
  value?: string | null;
  message: string;
  problems?: Problem[];
}

export interface ImportJob {
  id: Id;
  entity: string;
  file_name: string;
  state: ImportState;
  created_at: Instant;
  done: number;
  total: number;
  good: number;
  bad: number;
  created: number;
  updated: number;
  problems: ImportProblem[];
  columns?: ImportColumn[];
  fields?: ImportField[];
  rows?: number;
  can_undo?: boolean;
}

export interface ImportMapping {
  columns: Record<string, string | null>;
  key?: string | null;
  mode: "create" | "upsert" | "update";
  keep_created?: boolean;
  create_missing?: boolean;
}
