import { expect, it } from "vitest";
import { pastedLabel, readLines } from "./pasting";

it("reads lines with English beside, and leaves out what is there", () => {
  const { fresh, repeated } = readLines("华东\tEast\r\n\n 华南 \n华东\n华北", ["华北"]);
  expect(fresh).toEqual([
    { name: "华东", other: "East" },
    { name: "华南", other: "" },
  ]);
  expect(repeated).toEqual(["华东", "华北"]);
});

it("takes the first column for the language that one builds in", () => {
  expect(pastedLabel({ name: "华东", other: "East" }, "zh")).toEqual({ zh: "华东", en: "East" });
  expect(pastedLabel({ name: "East", other: "华东" }, "en")).toEqual({ zh: "华东", en: "East" });
  expect(pastedLabel({ name: "East", other: "" }, "en")).toEqual({ zh: "East", en: "East" });
});
