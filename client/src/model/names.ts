/** Names on a drawn map: each beside what it names, none upon another or upon a record. Pure. */
import type { Point } from "./places";

/** A rectangle: left, top, right, bottom. */
export type Frame = readonly [number, number, number, number];

export interface Named {
  key: string;
  at: Point;
  text: string;
}

export interface PlacedName extends Named {
  /** Where the text begins, and its base line. */
  from: Point;
}

const HEIGHT = 14;
const BASE = 11;
const GAP = 6;
/** Half of the square that marks a place: no name covers one. */
const DOT = 3;
const WIDE = 12.5;
const NARROW = 7;

/** About how wide a text of twelve pixels is: a Chinese character is as wide as it is high. */
const widthOf = (text: string) =>
  [...text].reduce((sum, each) => sum + ((each.codePointAt(0) ?? 0) > 0x2e80 ? WIDE : NARROW), 0);

/** The square around a point. */
export const around = ({ x, y }: Point, reach: number): Frame => [x - reach, y - reach, x + reach, y + reach];

const meet = (one: Frame, other: Frame) =>
  one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

const within = (one: Frame, whole: Frame) =>
  one[0] >= whole[0] && one[1] >= whole[1] && one[2] <= whole[2] && one[3] <= whole[3];

/** Places names in their order: right of the place, else left, above or below; none covers another place, and one without room is left out. */
export function placeNames(names: readonly Named[], whole: Frame, taken: readonly Frame[]): PlacedName[] {
  const used = [...taken, ...names.map((name) => around(name.at, DOT))];
  return names.flatMap((name) => {
    const { x, y } = name.at;
    const width = widthOf(name.text);
    const corners: Point[] = [
      { x: x + GAP, y: y - HEIGHT / 2 },
      { x: x - GAP - width, y: y - HEIGHT / 2 },
      { x: x - width / 2, y: y - GAP - HEIGHT },
      { x: x - width / 2, y: y + GAP },
    ];
    for (const corner of corners) {
      const frame: Frame = [corner.x, corner.y, corner.x + width, corner.y + HEIGHT];
      if (!within(frame, whole) || used.some((each) => meet(frame, each))) continue;
      used.push(frame);
      return [{ ...name, from: { x: corner.x, y: corner.y + BASE } }];
    }
    return [];
  });
}
