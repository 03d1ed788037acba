import { describe, expect, it } from "vitest";
import { callAt, mended, offsetOf, placeAt } from "./place";

describe("the place of the cursor", () => {
  it("is told apart", () => {
    expect(placeAt("{客户.区")).toEqual({ kind: "field", path: "客户", typed: "区", from: 4 });
    expect(placeAt("{")).toEqual({ kind: "field", path: "", typed: "", from: 1 });
    expect(placeAt('{等级} = "重')).toEqual({ kind: "text", path: "等级", typed: "重", from: 8 });
    expect(placeAt('"自由')).toEqual({ kind: "none" });
    expect(placeAt("SUM(金")).toEqual({ kind: "word", typed: "金", from: 4 });
    expect(placeAt("{a} + ")).toEqual({ kind: "none" });
  });

  it("knows the function around it", () => {
    expect(callAt("IF({a} > 1, SUM(2), ")).toEqual({ name: "IF", argument: 2 });
    expect(callAt("(1 + ")).toBeNull();
  });
});

describe("signs of a Chinese keyboard", () => {
  it("are mended outside texts alone", () => {
    expect(mended("（", "IF")).toBe("(");
    expect(mended("。", "{客户")).toBe(".");
    expect(mended("，", '"甲')).toBeNull();
    expect(mended("”", '"甲')).toBe('"');
  });
});

it("counts code points as the server does", () => {
  expect(offsetOf("𠮷{x}", 1)).toBe(2);
  expect(offsetOf("ab", 5)).toBe(2);
});
