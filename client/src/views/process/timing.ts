import type { RecordRow, StageDefinition } from "@/api/types";

interface Timing {
  /** Milliseconds in the stage. */
  inStage: number;
  /** Milliseconds over the stage's limit; null where within it, or where hours are counted by the work calendar. */
  over: number | null;
  /** Milliseconds until the freeze ends; null where not frozen. */
  frozen: number | null;
}

const HOUR = 3_600_000;

/** How a record stands in time. A limit in working hours is judged by the server alone. */
export function timingOf(row: RecordRow, stage: StageDefinition | undefined, now: number): Timing {
  const inStage = row.stage_since ? Math.max(0, now - Date.parse(row.stage_since)) : 0;
  const limit = stage?.limit?.calendar === "calendar" ? stage.limit.hours * HOUR : null;
  const left = row.frozen_until ? Date.parse(row.frozen_until) - now : 0;
  return { inStage, over: limit !== null && inStage > limit ? inStage - limit : null, frozen: left > 0 ? left : null };
}
