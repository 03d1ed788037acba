import { describe, expect, it } from "vitest";
import type { FormulaEntity, FormulaName } from "@/api/types";
import { Names } from "./names";

function name(key: string, label: string, more: Partial<FormulaName> = {}): FormulaName {
  return { key, names: [label], label, type: "text", target: null, many: false, choices: [], ...more };
}

const ENTITIES: FormulaEntity[] = [
  {
    key: "deal",
    label: "商机",
    fields: [
      name("amount", "金额", { type: "number", names: ["金额", "Amount"] }),
      name("customer", "客户", { type: "record", target: "customer" }),
      name("price", "单价.含税"),
      name("one", "备注"),
      name("two", "备注"),
    ],
  },
  {
    key: "customer",
    label: "客户",
    fields: [name("region", "区域"), name("deal", "商机", { many: true, target: "deal" })],
  },
];
const names = new Names(ENTITIES);

describe("names in formulas", () => {
  it("are kept as keys and shown as labels", () => {
    const shown = '{金额} * 2 & {客户. 区域} & "{金额}"';
    const kept = '{amount} * 2 & {customer. region} & "{金额}"';
    expect(names.withKeys(shown, "deal")).toBe(kept);
    expect(names.withLabels(kept, "deal")).toBe(shown);
  });

  it("are read in either language and with full-width signs", () => {
    expect(names.withKeys("｛Amount｝ + ｛客户．区域｝", "deal")).toBe("{amount} + {customer．region}");
  });

  it("are left alone where they are not understood", () => {
    expect(names.withKeys("{备注} & {没有} & {客户.没有}", "deal")).toBe("{备注} & {没有} & {客户.没有}");
  });

  it("stay keys where the label would be read as something else", () => {
    expect(names.withLabels("{one} & {price}", "deal")).toBe("{one} & {price}");
    expect(names.withKeys("{单价.含税}", "deal")).toBe("{price}");
  });

  it("lead through relations and collections", () => {
    expect(names.entityAfter("客户", "deal")?.key).toBe("customer");
    expect(names.entityAfter("客户.商机", "deal")?.key).toBe("deal");
    expect(names.entityAfter("金额", "deal")).toBeUndefined();
  });
});
