import { describe, expect, it } from "vitest";
import type { Definitions, Op } from "@/api/types/studio";
import shared from "../../../../../tests/studio/draft_cases.json";
import { applyOps, invertOps, isEqual, NoPlace, valueAt } from "./ops";

interface Case {
  name: string;
  before: Definitions;
  ops: Op[];
  after?: Definitions;
  error?: string[];
}

const cases = shared.cases as unknown as Case[];

describe("edits that the server takes in the same way", () => {
  for (const each of cases) {
    it(each.name, () => {
      const before = JSON.stringify(each.before);
      if (each.error) {
        expect(() => applyOps(each.before, each.ops)).toThrow(NoPlace);
      } else {
        const after = applyOps(each.before, each.ops);
        expect(after).toEqual(each.after);
        const back = applyOps(after, invertOps(each.before, each.ops));
        expect(withoutEmpty(back)).toEqual(withoutEmpty(each.before));
      }
      expect(JSON.stringify(each.before)).toBe(before);
    });
  }
});

/** Lists and mappings that an edit made stay behind, empty, when it is taken back. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, withoutEmpty(each)])
      .filter(([, each]) => typeof each !== "object" || each === null || Object.keys(each).length > 0),
  );
}

it("shares what no step touches", () => {
  const before: Definitions = { roles: [{ key: "rep", label: "销售" }], views: [] };
  const after = applyOps(before, [{ op: "put", path: ["roles", "rep", "label"], value: "代表" }]);
  expect(after.views).toBe(before.views);
  expect(valueAt(after, ["roles", "rep", "label"])).toBe("代表");
  expect(valueAt(after, ["roles", "gone", "label"])).toBeUndefined();
});

it("compares whatever the order of settings", () => {
  expect(isEqual({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
  expect(isEqual({ a: 1 }, { a: 1, b: 2 })).toBe(false);
  expect(isEqual(undefined, null)).toBe(true);
  expect(isEqual([1], { 0: 1 })).toBe(false);
});
