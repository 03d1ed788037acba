import { expect, it } from "vitest";
import { readLines } from "./pasting";

it("reads lines with English beside, and leaves out what is there", () => {
  const { fresh, repeated } = readLines("华东\tEast\r\n\n 华南 \n华东\n华北", ["华北"]);
  expect(fresh).toEqual([
    { zh: "华东", en: "East" },
    { zh: "华南", en: "" },
  ]);
  expect(repeated).toEqual(["华东", "华北"]);
});
