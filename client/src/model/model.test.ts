import { beforeEach, describe, expect, it } from "vitest";
import type { Condition, FieldDefinition } from "@/api/types";
import { both, countComparisons, EMPTY_GROUP, operandOf, stalledOver, toCondition, toGroup } from "./filter";
import {
  dayOf,
  formatBytes,
  formatDateTime,
  formatMoney,
  formatPercent,
  formatShort,
  instantOf,
  setTimeZone,
  spanOf,
  wallClock,
} from "./format";
import { sortProblems } from "./problems";
import { recentRecords, rememberRecord } from "./recent";
import { MAX_HEIGHT, scale, scrollToRow, steadySpan, visibleRows, windowsAhead } from "./scroll";
import { changedValues, sameValue } from "./values";

describe("filter", () => {
  const tree: Condition = {
    and: [
      { field: "amount", op: "ge", value: 10 },
      {
        or: [
          { field: "owner", op: "eq", value: { me: true } },
          { field: "phone", op: "empty" },
        ],
      },
    ],
  };

  it("survives the way into the editor and back", () => {
    const { group, fixed } = toGroup(tree);
    expect(toCondition(group, fixed)).toEqual(tree);
  });

  it("keeps a formula that the editor cannot show", () => {
    const condition: Condition = { and: [{ formula: "{a} > 1" }, { field: "b", op: "eq", value: 1 }] };
    const { group, fixed } = toGroup(condition);
    expect(group.items).toHaveLength(1);
    expect(toCondition(group, fixed)).toEqual({ and: [{ field: "b", op: "eq", value: 1 }, { formula: "{a} > 1" }] });
  });

  it("leaves out what is not finished", () => {
    expect(toCondition({ join: "and", items: [{ field: "a", op: "eq", value: null }] })).toBeNull();
    expect(toCondition({ join: "or", items: [{ field: "a", op: "in", value: [] }, EMPTY_GROUP] })).toBeNull();
    expect(toCondition({ join: "or", items: [{ field: "a", op: "empty", value: null }] })).toEqual({
      field: "a",
      op: "empty",
    });
  });

  it("joins filters flat and counts them", () => {
    const joined = both(tree, null, stalledOver(72));
    expect(joined?.and).toHaveLength(3);
    expect(countComparisons(joined)).toBe(4);
    expect(both(null, undefined)).toBeNull();
  });

  it("knows what an operator needs", () => {
    expect(operandOf("within", true)).toBe("period");
    expect(operandOf("lt", true)).toBe("moment");
    expect(operandOf("lt", false)).toBe("one");
    expect(operandOf("empty", false)).toBe("none");
  });
});

describe("format", () => {
  it("writes money, shares and large figures", () => {
    expect(formatMoney("1234567.5", "zh", "CNY")).toBe("¥1,234,567.50");
    expect(formatMoney("-3", "en", "USD")).toBe("-$3.00");
    expect(formatPercent("0.256", "zh")).toBe("25.6%");
    expect(formatShort(1_234_567, "zh")).toBe("123.5 万");
    expect(formatShort(345_000_000, "zh")).toBe("3.45 亿");
    expect(formatShort(1_234_567, "en")).toBe("1.23M");
    expect(formatShort(null, "zh")).toBe("–");
  });

  it("shows instants in the workspace's zone", () => {
    expect(formatDateTime("2026-01-01T17:30:00Z", "zh")).toBe("2026-01-02 01:30");
    expect(dayOf("2026-01-01T17:30:00Z")).toBe("2026-01-02");
  });

  it("reads the workspace's clock whatever zone the browser is in", () => {
    expect(wallClock("2026-01-01T17:30:00Z")).toBe("2026-01-02T01:30");
    expect(instantOf("2026-01-02T01:30")).toBe("2026-01-01T17:30:00.000Z");
    setTimeZone("America/New_York");
    expect(instantOf("2026-07-01T09:00")).toBe("2026-07-01T13:00:00.000Z");
    expect(instantOf(wallClock("2026-11-01T15:00:00Z"))).toBe("2026-11-01T15:00:00.000Z");
    setTimeZone("Asia/Shanghai");
  });

  it("splits lengths of time", () => {
    expect(spanOf(90_061_000)).toEqual({ days: 1, hours: 1, minutes: 1, seconds: 1 });
    expect(spanOf(-5)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 0 });
    expect(formatBytes(1536)).toBe("1.5 KB");
  });
});

describe("scaled scroller", () => {
  const rowHeight = 38;
  const viewport = 600;

  it.each([10, 1_000, 1_000_000])("reaches the first and the last of %i rows", (rows) => {
    const scaled = scale(rows, rowHeight, viewport);
    expect(scaled.height).toBeLessThanOrEqual(MAX_HEIGHT);
    expect(visibleRows(0, rows, rowHeight, viewport, scaled).first).toBe(0);
    const bottom = Math.max(0, scaled.height - viewport);
    expect(visibleRows(bottom, rows, rowHeight, viewport, scaled).end).toBe(rows);
  });

  it("brings any row into sight", () => {
    const scaled = scale(1_000_000, rowHeight, viewport);
    for (const row of [0, 17, 499_999, 999_999]) {
      const top = scrollToRow(row, 123_456, rowHeight, viewport, scaled);
      const span = visibleRows(top, 1_000_000, rowHeight, viewport, scaled, 0);
      expect(row).toBeGreaterThanOrEqual(span.first);
      expect(row).toBeLessThan(span.end);
    }
  });

  it("draws the nearest rows that are here in the place of those on their way", () => {
    const scaled = scale(1_000_000, rowHeight, viewport);
    const span = visibleRows(4_000_000, 1_000_000, rowHeight, viewport, scaled);
    const near = steadySpan(span, { first: 300, end: 400 }, 4_000_000, rowHeight);
    expect(near.end).toBe(400);
    expect(near.at + near.fit).toBeLessThan(400);
    expect(near.top + (near.at - near.first) * rowHeight).toBe(4_000_000);
    expect(steadySpan(span, { first: span.first, end: span.end + 100 }, 4_000_000, rowHeight)).toBe(span);
    expect(steadySpan(span, { first: 0, end: 5 }, 4_000_000, rowHeight)).toBe(span);
  });

  it("fetches further ahead the faster windows pass, and nothing ahead of what nobody can read", () => {
    expect([0, 5, 15, 100].map(windowsAhead)).toEqual([2, 4, 8, 0]);
  });
});

describe("values", () => {
  const field = (key: string, access: "read" | "write" = "write") =>
    ({ key, access, is_computed: false }) as FieldDefinition;

  it("sends only what changed and may be written", () => {
    const before = { a: "1", b: null, c: "x", d: [{ id: "f1", name: "n", size: 1, content_type: "t" }] };
    const now = { a: "1", b: "", c: "y", d: [...before.d, { id: "f2", name: "n", size: 1, content_type: "t" }] };
    expect(changedValues([field("a"), field("b"), field("c", "read"), field("d")], before, now)).toEqual({
      d: ["f1", "f2"],
    });
    expect(sameValue([], null)).toBe(true);
  });

  it("puts problems at their fields", () => {
    const problem = (path: (string | number)[], message: string) => ({ path, message, code: "c" });
    const sorted = sortProblems(
      [problem(["values", "a"], "1"), problem(["a", 0], "2"), problem(["values", "secret"], "3"), problem([], "4")],
      new Set(["a"]),
    );
    expect(sorted).toEqual({ fields: { a: "1 2" }, rest: ["3", "4"] });
  });
});

describe("recent records", () => {
  beforeEach(() => localStorage.clear());

  it("keeps the newest first and each once, by member", () => {
    const record = (id: string) => ({ entity: "lead", id, title: id });
    for (const id of ["a", "b", "a"]) rememberRecord("me", record(id));
    expect(recentRecords("me").map((each) => each.id)).toEqual(["a", "b"]);
    expect(recentRecords("other")).toEqual([]);
  });
});
