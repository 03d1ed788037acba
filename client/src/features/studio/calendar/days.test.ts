import { describe, expect, it } from "vitest";
import type { WorkYear } from "@/api/types";
import { dayLater, daysBetween, monthsOf } from "./days";

const YEAR: WorkYear = {
  year: 2026,
  first_year: 2000,
  last_year: 2059,
  known_until: 2026,
  weekdays: [1, 2, 3, 4, 5],
  has_public_holidays: true,
  spans: [],
  weekday_spans: {},
  days: [
    { day: "2026-10-01", is_working: false, reason: "holiday", name: "国庆节" },
    { day: "2026-10-10", is_working: true, reason: "makeup", name: "国庆节" },
  ],
};

describe("a year of days", () => {
  it("has months that begin on their weekday, and counts what is worked", () => {
    const october = monthsOf(YEAR)[9];
    expect(october?.lead).toBe(3);
    expect(october?.days).toHaveLength(31);
    expect(october?.days[0]?.isWorking).toBe(false);
    expect(october?.days[9]?.isWorking).toBe(true);
    expect(october?.worked).toBe(22);
  });

  it("has ranges in either direction", () => {
    expect(daysBetween("2026-02-28", "2026-03-02")).toEqual(["2026-02-28", "2026-03-01", "2026-03-02"]);
    expect(daysBetween("2026-01-02", "2026-01-01")).toHaveLength(2);
    expect(dayLater("2026-12-31", 1)).toBe("2027-01-01");
  });
});
