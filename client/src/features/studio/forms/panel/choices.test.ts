import { describe, expect, it } from "vitest";
import { choicesOf, linesOf, optionsFrom } from "./choices";

const BEFORE = [
  { key: "a", label: { zh: "甲", en: "A" }, colour: "red" },
  { key: "b", label: "乙" },
  { key: "z", label: "旧", retired: true },
];
const keyOf = () => "o";

describe("options as lines", () => {
  it("shows those that may be chosen", () => {
    expect(linesOf(BEFORE)).toBe("甲\n乙");
    const field = { key: "f", label: "F", type: "single_select", options: { set: "s" } };
    const definitions = { option_sets: [{ key: "s", label: "S", options: BEFORE }] };
    expect(choicesOf(definitions, field)).toBe(BEFORE);
    expect(choicesOf(definitions, { ...field, options: { options: BEFORE } })).toBe(BEFORE);
    expect(choicesOf(definitions, { ...field, options: {} })).toEqual([]);
  });

  it("keeps what stays, whatever the order", () => {
    expect(optionsFrom("乙\n 甲 \n\n乙", BEFORE, keyOf).map((each) => each.key)).toEqual(["b", "a", "z"]);
  });

  it("takes a changed line for a new name, and a further one for a new option", () => {
    const renamed = optionsFrom("甲级\n乙", BEFORE, keyOf);
    expect(renamed[0]).toEqual({ key: "a", label: { zh: "甲级", en: "A" }, colour: "red" });
    const more = optionsFrom("甲\n乙\n丙\n丁", BEFORE, keyOf);
    expect(more.map((each) => each.key)).toEqual(["a", "b", "o", "o_2", "z"]);
    expect(optionsFrom("乙", BEFORE, keyOf).map((each) => each.key)).toEqual(["b", "z"]);
  });
});
