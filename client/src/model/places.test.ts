import { describe, expect, it } from "vitest";
import { boxOf, fitted, panned, project, unproject, zoomed } from "./places";

const size = { x: 800, y: 600 };
const centre = { lat: 30, lng: 120, scale: 20_000 };

describe("the flat map", () => {
  it("finds the place that it drew", () => {
    const point = project({ lat: 29.86, lng: 121.54 }, centre, size);
    const back = unproject(point, centre, size);
    expect(back.lat).toBeCloseTo(29.86, 6);
    expect(back.lng).toBeCloseTo(121.54, 6);
    expect(point.x).toBeGreaterThan(400);
    expect(point.y).toBeGreaterThan(300);
  });
  it("shows the whole of a box", () => {
    const [west, south, east, north] = boxOf(fitted([110, 20, 122, 40], size), size);
    expect(west).toBeLessThan(110);
    expect(south).toBeLessThan(20);
    expect(east).toBeGreaterThan(122);
    expect(north).toBeGreaterThan(40);
  });
  it("keeps what is under the pointer while zooming, and follows the hand", () => {
    const at = { x: 100, y: 500 };
    const under = unproject(at, centre, size);
    const after = project(under, zoomed(centre, 2, at, size), size);
    expect(after.x).toBeCloseTo(at.x, 4);
    expect(after.y).toBeCloseTo(at.y, 4);
    const moved = project(under, panned(centre, { x: 30, y: -10 }), size);
    expect(moved.x).toBeCloseTo(130, 4);
    expect(moved.y).toBeCloseTo(490, 4);
  });
});
