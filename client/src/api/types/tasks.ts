import type { Id, Instant, Named, RecordRef } from "./common";
import type { Condition } from "./definitions";

export interface Task {
  id: Id;
  kind: string;
  title: string;
  background: string | null;
  goal: string | null;
  next_step: string | null;
  due_at: Instant | null;
  overdue: boolean;
  record: RecordRef | null;
  assignee: Named | null;
  created_at: Instant;
  state: "open" | "done";
}

export interface TaskCounts {
  open: number;
  overdue: number;
  today: number;
}

/** A kind of notifications that may be switched off. */
export interface NoticeKind {
  key: string;
  label: string;
  is_on: boolean;
}

export interface Notification {
  /** process, task, reminder, escalation, approval, publication … */
  kind: string;
  id: Id;
  at: Instant;
  title: string;
  text: string;
  record: RecordRef | null;
  read_at: Instant | null;
  /** How much happened of the same thing before it was read. */
  count: number;
}

export interface HomeNumber {
  key: string;
  label: string;
  value: number | string | null;
  unit: string | null;
  /** The value is a share of one, to be shown in percent. */
  share: boolean;
  entity: string;
  filter: Condition | null;
  view?: string | null;
}
