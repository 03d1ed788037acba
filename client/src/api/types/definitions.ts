import type { Json } from "./common";
import type { PageDefinition, ViewDefinition } from "./views";

/** Every field type that the server knows; the field registry must have a module for each. */
export const FIELD_TYPES = [
  "text",
  "long_text",
  "rich_text",
  "integer",
  "decimal",
  "money",
  "percent",
  "date",
  "date_time",
  "duration",
  "switch",
  "single_select",
  "multi_select",
  "checklist",
  "keyword_list",
  "email",
  "phone",
  "url",
  "region",
  "user",
  "department",
  "relation",
  "many_to_many",
  "sub_table",
  "file",
  "image",
  "audio",
  "video",
  "signature",
  "location",
  "barcode",
  "rating",
  "auto_number",
  "formula",
  "lookup",
  "rollup",
  "record_id",
] as const;

export type FieldTypeKey = (typeof FIELD_TYPES)[number];

export type Operator =
  | "eq"
  | "ne"
  | "lt"
  | "le"
  | "gt"
  | "ge"
  | "between"
  | "in"
  | "not_in"
  | "contains"
  | "not_contains"
  | "starts_with"
  | "empty"
  | "not_empty"
  | "has_any"
  | "has_all"
  | "has_none"
  | "within"
  | "under";

export interface Condition {
  and?: Condition[];
  or?: Condition[];
  field?: string;
  op?: Operator;
  value?: Json;
  formula?: string;
}

export interface Sort {
  field: string;
  descending?: boolean;
}

export interface FieldDefinition {
  key: string;
  label: string;
  type: FieldTypeKey;
  options: Record<string, Json>;
  required: boolean;
  unique: boolean;
  help: string | null;
  visible_if?: string | null;
  required_if?: string | null;
  options_if?: Record<string, string>;
  tip_if?: Record<string, string>;
  default?: string | null;
  access: "read" | "write";
  operators: Operator[];
  is_computed: boolean;
  sortable: boolean;
  hidden?: boolean;
}

export interface EntityAbilities {
  create: boolean;
  read: boolean;
  update: boolean;
  delete: boolean;
  move: boolean;
  import: boolean;
  export: boolean;
}

export interface LayoutGroup {
  key: string;
  label: string | null;
  columns: 1 | 2 | 3;
  fold: "never" | "open" | "closed";
  fields: { key: string; width: 1 | 2 | 3 | null }[];
}

/** How a form is laid out; fields that are neither placed nor hidden come last. */
export interface FormLayout {
  tabs: { key: string; label: string | null; groups: LayoutGroup[] }[];
  hidden: string[];
}

export interface EntityDefinition {
  key: string;
  label: string;
  title: string;
  icon: string;
  parent?: string | null;
  can: EntityAbilities;
  fields: FieldDefinition[];
  duplicates?: string[][];
  layout?: FormLayout | null;
}

export interface OptionDefinition {
  key: string;
  label: string;
  colour: string;
  retired?: boolean;
  parent?: string | null;
}

export interface OptionSetDefinition {
  key: string;
  label: string;
  options: OptionDefinition[];
}

export interface EvidenceSlot {
  key: string;
  label: string;
  kind: "file" | "image" | "text" | "link" | "event";
  required: boolean;
  minimum: number;
  validators: Record<string, Json>;
}

export interface StageDefinition {
  key: string;
  label: string;
  colour: string;
  kind: "open" | "won" | "lost";
  limit: { hours: number; calendar: "calendar" | "working" } | null;
  required: string[];
  readonly: string[];
  evidence: EvidenceSlot[];
}

export interface ProcessDefinition {
  key: string;
  entity: string;
  label: string;
  initial: string;
  reasons: string | null;
  remark_required: boolean;
  stages: StageDefinition[];
  /** Former versions that records still run on, the newest first. */
  former?: { number: number; stages: StageDefinition[] }[];
}

export interface AppDefinition {
  key: string;
  label: string;
  icon: string;
  menu: { view: string | null; page: string | null; label: string }[];
}

export interface Definitions {
  version: number;
  apps: AppDefinition[];
  option_sets: OptionSetDefinition[];
  entities: EntityDefinition[];
  processes: ProcessDefinition[];
  views: ViewDefinition[];
  pages: PageDefinition[];
}
