import { expect, it } from "vitest";
import type { Process } from "@/api/types/studio";
import { layoutStages, NODE, type Spot, sidesOf } from "./layout";

const process = (...stages: string[]) =>
  ({
    stages: stages.map((key) => ({ key, label: key, ...(key === "lost" ? { kind: "lost" } : {}) })),
  }) as unknown as Process;

it("lays stages out in their order, row after row, lost ones below", () => {
  const spots = layoutStages(process("a", "lost", "b", "c", "d", "e"), 900);
  expect([...spots.entries()].map(([key, spot]) => `${key}${spot.row}${spot.column}`)).toEqual([
    "a00",
    "b01",
    "c02",
    "d10",
    "e11",
    "lost20",
  ]);
});

it("lets no two stages cover each other", () => {
  for (const width of [300, 700, 1200, 2000]) {
    const spots = [...layoutStages(process("a", "b", "c", "d", "e", "f", "g", "lost"), width).values()];
    for (const one of spots)
      for (const other of spots)
        if (one !== other)
          expect(Math.abs(one.x - other.x) >= NODE.width || Math.abs(one.y - other.y) >= NODE.height).toBe(true);
  }
});

it("draws moves between the sides that face each other", () => {
  const spot = (row: number, column: number): Spot => ({ x: 0, y: 0, row, column });
  expect(sidesOf(spot(0, 0), spot(0, 1))).toEqual({ source: "right", target: "left" });
  expect(sidesOf(spot(0, 2), spot(0, 0))).toEqual({ source: "bottom", target: "bottom" });
  expect(sidesOf(spot(0, 3), spot(1, 0))).toEqual({ source: "bottom", target: "top" });
});
