import { describe, expect, it } from "vitest";
import { asJson, rowsOf, withValue } from "./values";

const stored = { id: "1", version: 3, position: 0, goods: "g1", count: 2, $display: { goods: "机械臂" } };

describe("rows of a sub-table", () => {
  it("carry what their references are called, and nothing of the platform's own", () => {
    const [row] = rowsOf([stored]);
    expect(row).toEqual({ key: "1", id: "1", values: { goods: "g1", count: 2 }, display: { goods: "机械臂" } });
  });

  it("keep the names of what was not changed", () => {
    const [row] = rowsOf([stored]);
    if (!row) throw new Error("no row");
    expect(rowsOf([asJson(withValue(row, "count", 5))])[0]?.display).toEqual({ goods: "机械臂" });
    expect(asJson(withValue(row, "goods", "g2"))).toEqual({ id: "1", goods: "g2", count: 2 });
    expect(asJson({ key: "new-0", id: null, values: { count: 1 }, display: {} })).toEqual({ count: 1 });
  });
});
