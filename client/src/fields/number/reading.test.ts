import { expect, it } from "vitest";
import { readNumber } from "./reading";

it.each([
  ["1,234.50", 1, "1234.50"],
  ["３.５万", 1, "35000"],
  ["1.2亿", 1, "120000000"],
  ["25", 0.01, "0.25"],
  ["12.5%", 0.01, "0.125"],
  ["¥ 8 000", 1, "8000"],
  ["", 1, null],
  ["abc", 1, "abc"],
  ["99999999999999999.99", 1, "99999999999999999.99"],
])("reads %s (×%s) as %s", (text, unit, expected) => {
  expect(readNumber(text, unit)).toBe(expected);
});
