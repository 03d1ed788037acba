/** What publishing would do, how it stands, and what was published. */
import type { RunningChange } from "../processes";
import type { Disagreement, DraftProblem } from "./studio";

export interface PlanStep {
  kind: string;
  entity: string | null;
  field: string | null;
  text: string;
  risk: string;
  rows: number | null;
}

export interface PlanTouch {
  entity: string;
  field: string | null;
  kind: string;
  key: string;
  text: string;
}

export interface DraftChange {
  kind: "added" | "removed" | "changed" | "moved";
  path: string[];
  label: string[];
  before: unknown;
  after: unknown;
  by: string | null;
}

/** A change of a definition with owners: whether one of them approved it. */
export interface Standing {
  place: string;
  label: string;
  owners: string[];
  state: "own" | "needed" | "waiting" | "approved" | "returned";
  asked_by: string | null;
  decided_by: string | null;
  reason: string;
}

/** A publication that waits for its time, or how the last one ended. */
export interface Scheduled {
  id: number;
  at: string;
  note: string;
  author: string;
  state: "waiting" | "published" | "failed" | "cancelled";
  version: number | null;
  problems: DraftProblem[];
}

export interface DraftChanges {
  steps: PlanStep[];
  touches: PlanTouch[];
  problems: DraftProblem[];
  diff: DraftChange[];
  approvals: Standing[];
  schedule: Scheduled | null;
  /** Processes whose change concerns running records. */
  running?: RunningChange[];
}

/** A request for an owner's consent. */
export interface ApprovalRequest {
  id: number;
  place: string;
  label: string;
  owners: string[];
  note: string;
  state: "waiting" | "approved" | "returned" | "replaced";
  asked_by: string;
  asked_at: string;
  decided_by: string | null;
  decided_at: string | null;
  reason: string;
  diff: DraftChange[];
}

export interface VersionInfo {
  version: number;
  note: string;
  author: string;
  author_id: string | null;
  at: string;
  restored_from: number | null;
  steps: PlanStep[];
  signatures: { place: string; label: string; owners: string[]; approver: string }[];
  apps: Record<string, string>;
}

/** Work on large tables. */
export interface StudioWork {
  pending: { id: number; author: string; note: string; started_at: string } | null;
  last: { id: number; state: string; version: number | null; problems: DraftProblem[] } | null;
  jobs: {
    id: number;
    kind: string;
    entity: string;
    field: string | null;
    state: string;
    rows_done: number;
    problem: string | null;
  }[];
}

export interface StudioApp {
  key: string;
  label: string;
  version: string;
  depends: string[];
  /** Installed from a package; false where it was made here. */
  is_package: boolean;
  description: string;
  icon: string;
  entities: number;
  views: number;
  pages: number;
  processes: number;
}

/** What installing a package would do, and where it and the workspace disagree. */
export interface PackagePreview {
  steps: PlanStep[];
  touches: PlanTouch[];
  problems: DraftProblem[];
  conflicts: Disagreement[];
}

export interface NewApp {
  key: string;
  entity: string | null;
  view: string | null;
  version: number;
  state: string;
}

export interface Published {
  version: number;
  state: "published" | "preparing" | "unchanged";
  publication: number | null;
}
