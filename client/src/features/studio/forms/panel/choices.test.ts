import { describe, expect, it } from "vitest";
import { choicesOf, linesOf, optionsFrom } from "./choices";

const BEFORE = [
  { key: "a", label: { zh: "甲", en: "A" }, colour: "red" },
  { key: "b", label: "乙" },
  { key: "z", label: "旧", retired: true },
];
const CHINESE = { language: "zh", keyOf: () => "o" };

describe("options as lines", () => {
  it("shows those that may be chosen", () => {
    expect(linesOf(BEFORE, "zh")).toBe("甲\n乙");
    const field = { key: "f", label: "F", type: "single_select", options: { set: "s" } };
    const definitions = { option_sets: [{ key: "s", label: "S", options: BEFORE }] };
    expect(choicesOf(definitions, field)).toBe(BEFORE);
    expect(choicesOf(definitions, { ...field, options: { options: BEFORE } })).toBe(BEFORE);
    expect(choicesOf(definitions, { ...field, options: {} })).toEqual([]);
  });

  it("keeps what stays, whatever the order", () => {
    expect(optionsFrom("乙\n 甲 \n\n乙", BEFORE, CHINESE).map((each) => each.key)).toEqual(["b", "a", "z"]);
  });

  it("takes a changed line for a new name, and a further one for a new option", () => {
    const renamed = optionsFrom("甲级\n乙", BEFORE, CHINESE);
    expect(renamed[0]).toEqual({ key: "a", label: { zh: "甲级", en: "A" }, colour: "red" });
    const more = optionsFrom("甲\n乙\n丙\n丁", BEFORE, CHINESE);
    expect(more.map((each) => each.key)).toEqual(["a", "b", "o", "o_2", "z"]);
    expect(optionsFrom("乙", BEFORE, CHINESE).map((each) => each.key)).toEqual(["b", "z"]);
  });

  it("reads and renames in the language that one builds in", () => {
    const named = [
      { key: "a", label: { zh: "甲", en: "A" } },
      { key: "b", label: { zh: "Bee", en: "Bee" } },
      { key: "c", label: { zh: "丙" } },
    ];
    expect(linesOf(named, "en")).toBe("A\nBee\n丙");
    const next = optionsFrom("First\nSecond\n丙", named, { language: "en", keyOf: () => "o" });
    expect(next.map((each) => each.label)).toEqual([
      { zh: "甲", en: "First" },
      { zh: "Second", en: "Second" },
      { zh: "丙" },
    ]);
    const alike = [
      { key: "a", label: { zh: "甲", en: "Same" } },
      { key: "b", label: { zh: "乙", en: "Same" } },
    ];
    expect(optionsFrom(linesOf(alike, "en"), alike, { language: "en", keyOf: () => "o" })).toEqual(alike);
  });
});
