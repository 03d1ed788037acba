import type { Id, Instant, Named } from "./common";

export interface Member {
  id: Id;
  name: string;
  login: string;
  email: string | null;
  phone: string | null;
  department: Named | null;
  roles: string[];
  disabled: boolean;
  last_seen_at?: Instant | null;
}

export interface MemberDraft {
  name: string;
  login: string;
  email?: string | null;
  phone?: string | null;
  department?: Id | null;
  roles: string[];
  password?: string;
  disabled?: boolean;
}

export interface Department {
  id: Id;
  name: string;
  parent_id: Id | null;
  manager: Named | null;
  members?: number;
  archived?: boolean;
}

export interface DepartmentDraft {
  name: string;
  parent_id: Id | null;
  manager: Id | null;
}

export interface Person {
  id: Id;
  name: string;
  department: string | null;
}

export type Scope = "none" | "own" | "department" | "department_tree" | "all" | "formula";

export interface Grant {
  entity: string;
  create?: boolean;
  read?: Scope;
  update?: Scope;
  delete?: Scope;
  move?: Scope;
  import?: boolean;
  export?: boolean;
  formula?: string | null;
  fields?: Record<string, "hidden" | "read" | "write">;
  stages?: Record<string, Record<string, "hidden" | "read" | "write">>;
}

export interface Role {
  key: string;
  label: string;
  abilities: string[];
  builtin: boolean;
  grants: Grant[];
}

export interface AuditEntry {
  id: Id;
  at: Instant;
  actor: { id: Id | null; name: string };
  action: string;
  action_label: string;
  subject_kind: string | null;
  subject_id: string | null;
  subject_text?: string | null;
  subject: string;
  facts: AuditFact[];
  address: string | null;
}

/** A value, or what it was before; an empty text where nothing was set. */
export interface AuditFact {
  label: string;
  value: string;
  before: string | null;
}

export interface AuditFilter {
  action: string;
  actor: string | null;
  since: Instant | null;
  until: Instant | null;
}

export interface ApiKey {
  id: Id;
  name: string;
  prefix: string;
  role: string;
  created_at: Instant;
  used_at: Instant | null;
  expires_at: Instant | null;
}

export interface HealthDetails {
  checks: HealthCheck[];
  lags: { consumer: string; label: string; unread: number; since: Instant | null }[];
  failed_timers: { id: Id; label: string; due_at: Instant; failed_at: Instant; attempts: number; error: string }[];
  incidents: {
    kind: "request" | "duty";
    place: string;
    error: string;
    first_at: Instant;
    last_at: Instant;
    count: number;
  }[];
}

export interface HealthCheck {
  key: string;
  label: string;
  status: "ok" | "warn" | "error";
  value: string | number | null;
  text: string | null;
}

export interface Region {
  code: string;
  label: string;
  children?: Region[];
}
