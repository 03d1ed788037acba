import { describe, expect, it } from "vitest";
import type { Entity, Op } from "@/api/types/studio";
import { Renames, redirected } from "./renames";

const formOf = (...keys: string[]): Entity => ({
  key: "visit",
  label: "拜访",
  title: "name",
  fields: keys.map((key) => ({ key, label: key, type: "text" })),
});
const put = (key: string): Op => ({
  op: "put",
  path: ["entities", "visit", "fields", key, "options"],
  value: { a: 1 },
});
const renamed = (...steps: [string, string][]) => {
  const renames = new Renames();
  for (const [from, to] of steps) renames.note(from, to);
  return renames;
};

describe("edits begun before a field got another key", () => {
  it("reach the field under its present key, over several renames", () => {
    const renames = renamed(["single_select", "aim"], ["aim", "purpose"]);
    expect(redirected([put("single_select")], formOf("name", "purpose"), renames)).toEqual([put("purpose")]);
    expect(redirected([put("aim")], formOf("name", "purpose"), renames)).toEqual([put("purpose")]);
  });

  it("reach a field whose new key was undone", () => {
    expect(redirected([put("aim")], formOf("aim"), renamed(["aim", "purpose"]))).toEqual([put("aim")]);
    expect(redirected([put("aim")], formOf("aim"), renamed(["aim", "b"], ["b", "aim"]))).toEqual([put("aim")]);
  });

  it("are left out once the field is gone, and never touch other forms or whole fields", () => {
    const other: Op = { op: "drop", path: ["entities", "customer", "fields", "aim", "help"] };
    const whole: Op = { op: "drop", path: ["entities", "visit", "fields", "aim"] };
    expect(redirected([put("aim"), other, whole], formOf("name"), renamed(["aim", "b"], ["b", "aim"]))).toEqual([
      other,
      whole,
    ]);
  });

  it("belong to the field that bears the key now", () => {
    const renames = renamed(["single_select", "purpose"]);
    expect(redirected([put("single_select")], formOf("purpose", "single_select"), renames)).toEqual([
      put("single_select"),
    ]);
  });
});

describe("what stays of a field", () => {
  it("is kept over renames, and is another one for a later field of the former key", () => {
    const renames = new Renames();
    const first = renames.identityOf("single_select");
    renames.note("single_select", "purpose");
    expect(renames.identityOf("purpose")).toBe(first);
    expect(renames.identityOf("single_select")).not.toBe(first);
    expect(renames.identityOf("purpose")).toBe(first);
  });
});
