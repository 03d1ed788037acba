import { describe, expect, it } from "vitest";
import { conditionTargets, readConditions, writeConditions } from "./conditions";

const definitions = {
  entities: [
    {
      key: "lead",
      fields: [
        { key: "kind", label: { zh: "类型" }, type: "single_select", options: { set: "kind" } },
        { key: "amount", label: { zh: "金额" }, type: "money" },
        { key: "urgent", label: "加急", type: "switch" },
        { key: "name", label: "名称", type: "text" },
        { key: "rows", label: "明细", type: "sub_table" },
      ],
    },
  ],
  option_sets: [
    {
      key: "kind",
      options: [
        { key: "firm", label: { zh: "企业" } },
        { key: "old", label: "旧", retired: true },
      ],
    },
  ],
};
const targets = conditionTargets(definitions, "lead", "zh", "阶段");

describe("simple conditions", () => {
  it("offers fields that can be compared, with the options that may be chosen", () => {
    expect(targets.map((each) => each.key)).toEqual(["kind", "amount", "urgent", "name"]);
    expect(targets[0]?.options).toEqual([{ key: "firm", label: "企业" }]);
  });

  it.each([
    '{kind} = "firm"',
    "{amount} >= 1000.5",
    "{urgent} = TRUE",
    "NOT(ISBLANK({name}))",
    'CONTAINS({name}, "a, ""b""")',
    'AND({kind} = "firm", {amount} > 5)',
    "OR(ISBLANK({name}), {urgent} = FALSE)",
  ])("reads what it writes: %s", (formula) => {
    const read = readConditions(formula, targets);
    expect(read).not.toBeNull();
    expect(writeConditions(read as NonNullable<typeof read>, targets)).toBe(formula);
  });

  it("understands fields and options by their names", () => {
    expect(readConditions('{类型} = "企业"', targets)?.rows).toEqual([{ field: "kind", op: "eq", value: "firm" }]);
  });

  it.each(["{amount} + 1 > 2", '{kind} = "gone"', "AND({amount} > 1", "{customer.name} = 1", "LEN({name}) > 3"])(
    "leaves to formulas what rows cannot say: %s",
    (formula) => expect(readConditions(formula, targets)).toBeNull(),
  );
});
