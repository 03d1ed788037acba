import { describe, expect, it } from "vitest";
import { addMonths, dayAt, dayNumber, daysOf, monthStretch, weekStart, within } from "./windows";

describe("stretches of days", () => {
  it("begins weeks on Monday", () => {
    expect(weekStart("2026-03-01")).toBe("2026-02-23");
    expect(weekStart("2026-03-02")).toBe("2026-03-02");
  });
  it("shows the whole weeks that a month touches", () => {
    expect(monthStretch("2026-03-18")).toEqual({ from: "2026-02-23", end: "2026-04-06" });
    expect(daysOf(monthStretch("2026-02-01"))).toHaveLength(35);
  });
  it("keeps to the month when a day is missing", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
    expect(addMonths("2025-12-15", 1)).toBe("2026-01-15");
  });
  it("counts days both ways", () => {
    expect(dayAt(dayNumber("2028-02-29") + 1)).toBe("2028-03-01");
  });
  it("asks for what begins in the stretch or reaches into it", () => {
    const stretch = { from: "2026-03-01", end: "2026-04-01" };
    expect(within(stretch, "due", null).and).toHaveLength(2);
    expect(within(stretch, "due", "until").and?.[1]?.or?.[1]).toEqual({
      field: "until",
      op: "ge",
      value: "2026-03-01",
    });
  });
});
