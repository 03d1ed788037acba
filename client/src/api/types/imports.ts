import type { Id, Instant } from "./common";

export interface ImportColumn {
  name: string;
  samples: string[];
  field: string | null;
  confidence: number;
  /** The other sheet that the column stands on. */
  sheet?: string | null;
  /** A field of files that the column seems to name, where the spreadsheet came without any. */
  wants_files?: string | null;
}

export type ImportState =
  | "uploaded"
  | "mapped"
  | "checking"
  | "checked"
  | "running"
  | "done"
  | "failed"
  | "undoing"
  | "undone";

export interface ImportField {
  key: string;
  label: string;
  required: boolean;
  /** The sub-table whose rows have the field. */
  part_of?: string | null;
  part_label?: string | null;
  /** Its cells name files, which must come in a zip with the spreadsheet. */
  of_files?: boolean;
}

export interface ImportProblem {
  row: number;
  /** Where several sheets are read. */
  sheet?: string | null;
  column?: string | null;
  value?: string | null;
  message: string;
  path?: (string | number)[];
}

/** A name in the file that no record has, and those that are much like it. */
export interface ImportSuggestion {
  column: string;
  value: string;
  near: string[];
  rows: number;
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
  unchanged?: number;
  /** Rows of sub-tables. */
  child_rows?: number;
  /** The field that seems to tell one record from another. */
  key?: string | null;
  problems: ImportProblem[];
  columns?: ImportColumn[];
  fields?: ImportField[];
  rows?: number;
  /** The spreadsheet came in a zip with files. */
  has_files?: boolean;
  can_undo?: boolean;
  failure?: string | null;
  mapping?: ImportMapping | null;
  suggestions?: ImportSuggestion[];
}

export interface ImportMapping {
  columns: Record<string, string | null>;
  key?: string | null;
  mode: "create" | "upsert" | "update";
  keep_created?: boolean;
  create_missing?: boolean;
  /** By column: what a value of the file is to be read as. */
  replacements?: Record<string, Record<string, string>>;
}
