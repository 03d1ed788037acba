import { expect, it } from "vitest";
import type { FieldDefinition, Problem } from "@/api/types";
import { askedFields } from "./asking";

const fields = Object.fromEntries(
  ["terms", "days", "total", "hidden"].map((key) => [
    key,
    { key, access: key === "hidden" ? "read" : "write", is_computed: key === "total" } as unknown as FieldDefinition,
  ]),
);
const about = (...path: (string | number)[]) => ({ path, code: "value.required", message: "" }) as unknown as Problem;
const asked = (problems: Problem[], filled: string[] = []) =>
  askedFields(["terms"], problems, filled, (key) => fields[key]).map((field) => field.key);

it("shows what a rule asks for beside what the move demands", () => {
  expect(asked([])).toEqual(["terms"]);
  expect(asked([about("values", "days"), about("days")])).toEqual(["terms", "days"]);
});

it("keeps what was filled in, though nothing asks for it any more", () => {
  expect(asked([], ["days"])).toEqual(["terms", "days"]);
});

it("leaves out what nobody can fill in here", () => {
  expect(asked([about("remark"), about("evidence", "contract"), about("total"), about("hidden")])).toEqual(["terms"]);
});
