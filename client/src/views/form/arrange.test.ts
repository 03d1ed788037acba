import { describe, expect, it } from "vitest";
import type { FieldDefinition, FormLayout } from "@/api/types";
import { arrange, inOneGroup, REST, spanOf, tabWith } from "./arrange";

const field = (key: string) => ({ key, label: key, type: "text" }) as FieldDefinition;
const FIELDS = ["a", "b", "c", "d"].map(field);
const layout: FormLayout = {
  tabs: [
    {
      key: "one",
      label: "One",
      groups: [
        {
          key: "g",
          label: "G",
          columns: 3,
          fold: "closed",
          fields: [
            { key: "c", width: 2 },
            { key: "gone", width: null },
          ],
        },
        { key: "empty", label: null, columns: 1, fold: "never", fields: [] },
      ],
    },
    { key: "bare", label: "Bare", groups: [{ key: "h", label: null, columns: 1, fold: "never", fields: [] }] },
  ],
  hidden: ["b"],
};
const shape = (tabs: ReturnType<typeof arrange>) =>
  tabs.map((tab) => [tab.key, tab.groups.map((each) => [each.key, each.fields.map((placed) => placed.field.key)])]);

describe("arranging a form", () => {
  it("puts everything into one group where there is no layout", () => {
    expect(shape(arrange(null, FIELDS))).toEqual([[REST, [[REST, ["a", "b", "c", "d"]]]]]);
    expect(arrange(undefined, [])).toEqual([]);
  });

  it("places, leaves out what is hidden or gone, and adds the rest at the end", () => {
    const tabs = arrange(layout, FIELDS);
    expect(shape(tabs)).toEqual([
      ["one", [["g", ["c"]]]],
      ["bare", [[REST, ["a", "d"]]]],
    ]);
    expect(tabs[0]?.groups[0]).toMatchObject({ columns: 3, fold: "closed", label: "G" });
  });

  it("drops tabs whose fields may not be seen", () => {
    expect(shape(arrange(layout, [field("c")]))).toEqual([["one", [["g", ["c"]]]]]);
  });

  it("says how wide a field is", () => {
    const placed = (width: number | null) => ({ field: field("a"), width });
    expect(spanOf(placed(null), 3, false)).toBe(1);
    expect(spanOf(placed(null), 3, true)).toBe(3);
    expect(spanOf(placed(3), 2, false)).toBe(2);
    expect(spanOf(placed(1), 3, true)).toBe(1);
  });

  it("finds the tab of a field", () => {
    const tabs = arrange(layout, FIELDS);
    expect(tabWith(tabs, new Set(["d"]))?.key).toBe("bare");
    expect(tabWith(tabs, new Set(["b"]))).toBeNull();
    expect(shape(inOneGroup([field("d"), field("a")]))).toEqual([[REST, [[REST, ["d", "a"]]]]]);
  });
});
