import { expect, test } from "vitest";
import { manyOf } from "./plural";

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
