import { describe, expect, it } from "vitest";
import { placeNames } from "./names";

const whole = [0, 0, 400, 300] as const;
const town = (key: string, x: number, y: number) => ({ key, text: key, at: { x, y } });

describe("names on a map", () => {
  it("stand right of their place, and left where another name is", () => {
    const placed = placeNames([town("Guangzhou", 200, 100), town("Macao", 190, 100)], whole, []);
    expect(placed.map((each) => [each.key, Math.sign(each.from.x - each.at.x)])).toEqual([
      ["Guangzhou", 1],
      ["Macao", -1],
    ]);
  });
  it("keep off the places of others", () => {
    const [nanjing] = placeNames([town("Nanjing", 200, 100), town("Hefei", 225, 104)], whole, []);
    expect(nanjing?.from.x).toBeLessThan(200);
  });
  it("keep off records and the edge, and are left out where there is no room", () => {
    expect(placeNames([town("北京", 395, 150)], whole, [])[0]?.from.x).toBeLessThan(395);
    expect(placeNames([town("北京", 200, 150)], whole, [[150, 120, 250, 180]])).toEqual([]);
  });
});
