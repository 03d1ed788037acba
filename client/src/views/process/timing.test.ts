import { expect, it } from "vitest";
import type { RecordRow, StageDefinition } from "@/api/types";
import { timingOf } from "./timing";

const now = Date.parse("2026-03-04T12:00:00Z");
const row = (since: string, frozen: string | null = null) =>
  ({ stage_since: since, frozen_until: frozen }) as RecordRow;
const stage = (calendar: "calendar" | "working") => ({ limit: { hours: 72, calendar } }) as StageDefinition;

it("is not over its limit at 72 hours exactly", () => {
  expect(timingOf(row("2026-03-01T12:00:00Z"), stage("calendar"), now).over).toBeNull();
  expect(timingOf(row("2026-03-01T11:59:00Z"), stage("calendar"), now).over).toBe(60_000);
});

it("leaves working hours to the server", () => {
  expect(timingOf(row("2026-01-01T00:00:00Z"), stage("working"), now).over).toBeNull();
});

it("is free again the moment the freeze ends", () => {
  expect(timingOf(row("2026-03-04T00:00:00Z", "2026-03-04T12:00:01Z"), undefined, now).frozen).toBe(1000);
  expect(timingOf(row("2026-03-04T00:00:00Z", "2026-03-04T12:00:00Z"), undefined, now).frozen).toBeNull();
});
