import { expect, test } from "vitest";
import { manyOf, unitOf } from "./plural";

test.each([
  ["Lead", "Leads"],
  ["Company", "Companies"],
  ["Survey", "Surveys"],
  ["Branch", "Branches"],
  ["Address", "Addresses"],
  ["Sales", "Sales"],
  ["Spare equipment", "Spare equipment"],
  ["线索", "线索"],
])("several of %s are %s", (one, many) => expect(manyOf(one, "en")).toBe(many));

test("Chinese names nothing by number", () => expect(manyOf("VIP", "zh")).toBe("VIP"));

test.each([
  ["leads", 1, "lead"],
  ["leads", 4, "leads"],
  ["activities", 1, "activity"],
  ["CNY", 1, "CNY"],
  ["pcs", 1, "pcs"],
  ["条", 1, "条"],
] as const)("%s of %i is %s", (unit, count, said) => expect(unitOf(unit, count, "en")).toBe(said));
