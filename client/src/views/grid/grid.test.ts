import { describe, expect, it } from "vitest";
import { tagWidth } from "@/model/layout";
import { boxOf, columnsIn, targetOf } from "./area";
import { type CopiedCell, readClipboard, readText, toHtml, toText } from "./clipboard";

const cell = (text: string, value: CopiedCell["value"] = text, kind = "text"): CopiedCell => ({ text, value, kind });

describe("areas", () => {
  const box = boxOf({ anchor: { row: 4, column: 3 }, focus: { row: 2, column: 5 } });
  const grid = { rows: 100, columns: 8 };

  it("reach from any corner to any other", () => {
    expect(box).toEqual({ top: 2, left: 3, bottom: 4, right: 5 });
    expect(columnsIn(box, 3)).toEqual([3, 5]);
    expect(columnsIn(box, 5)).toBeNull();
  });

  it("take a clipboard as often as it fits, or once from their first cell", () => {
    expect(targetOf(box, 1, 1, grid)).toEqual(box);
    expect(targetOf(box, 3, 1, grid)).toEqual(box);
    expect(targetOf(box, 2, 2, grid)).toEqual({ top: 2, left: 3, bottom: 3, right: 4 });
    expect(targetOf({ top: 99, left: 7, bottom: 99, right: 7 }, 5, 5, grid)).toEqual({
      top: 99,
      left: 7,
      bottom: 99,
      right: 7,
    });
  });
});

describe("clipboards", () => {
  it("are read as spreadsheets write them", () => {
    expect(readText('a\t"b\n""c"""\t1,200.50\r\nd\t\t\r\n')).toEqual([
      ["a", 'b\n"c"', "1,200.50"],
      ["d", "", ""],
    ]);
    expect(readText('5" pipe\tx')).toEqual([['5" pipe', "x"]]);
    expect(readText("")).toEqual([[""]]);
  });

  it("give back what was copied, with its values", () => {
    const cells = [
      [cell("华东\t机床", "id-1", "relation:customer"), cell('<b> & "q"', { zh: 1 })],
      [cell("", null), cell("2026-01-02")],
    ];
    const data = { "text/html": `<meta charset="utf-8">${toHtml(cells)}`, "text/plain": toText(cells) };
    expect(readClipboard({ getData: (type) => data[type as keyof typeof data] })).toEqual(cells);
    expect(readText(data["text/plain"])).toEqual(cells.map((row) => row.map((each) => each.text)));
  });

  it("of other programs are texts", () => {
    const getData = (type: string) => (type === "text/plain" ? "1\t2" : "<table><tr><td>1</td></tr></table>");
    expect(readClipboard({ getData })).toEqual([[cell("1", null, ""), cell("2", null, "")]]);
    expect(readClipboard({ getData: () => "" })).toEqual([]);
  });
});

describe("columns of choices", () => {
  it("leave room for their longest word, within reason", () => {
    expect(tagWidth([])).toBeLessThan(64);
    expect(tagWidth(["线索获取", "商务谈判"])).toBe(86);
    expect(tagWidth(["Lost", "Needs confirmation"])).toBe(161);
    expect(tagWidth(["A choice that somebody wrote as a whole sentence"])).toBe(220);
  });
});
