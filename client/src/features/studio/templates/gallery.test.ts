import { expect, test } from "vitest";
import type { Gallery, TemplateSummary } from "@/api/types/entrances";
import { GENERAL, sift } from "./gallery";

function template(key: string, label: string, family: string, industry: string | null): TemplateSummary {
  const counts = { fields: 1, stages: 1, views: 1 };
  return { key, label, family, industry, description: "", icon: "", scenario: key, installed: false, ...counts };
}

const gallery: Gallery = {
  families: [
    { key: "sales", label: "Sales" },
    { key: "service", label: "Service" },
  ],
  industries: [{ key: "medical", label: "Medical devices" }],
  templates: [
    template("visit", "Visits", "sales", null),
    template("complaint", "Complaints", "service", null),
    template("visit_medical", "Hospital visits", "sales", "medical"),
  ],
};
const keys = (industry: string, family: string, text: string) =>
  sift(gallery, { industry, family, text }).shown.map((each) => each.key);

test("a gallery is sifted by industry, family and words", () => {
  expect(keys("", "", "")).toHaveLength(3);
  expect(keys(GENERAL, "", "")).toEqual(["visit", "complaint"]);
  expect(keys("medical", "", "")).toEqual(["visit_medical"]);
  expect(keys("", "sales", "")).toEqual(["visit", "visit_medical"]);
  expect(keys("", "", "DEVICES visits")).toEqual(["visit_medical"]);
});

test("families are counted for the industry and words that are asked for", () => {
  const { tally } = sift(gallery, { industry: GENERAL, family: "sales", text: "" });
  expect([...tally]).toEqual([
    ["", 2],
    ["sales", 1],
    ["service", 1],
  ]);
});
