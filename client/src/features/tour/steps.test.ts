import { expect, test } from "vitest";
import { isPage } from "./steps";

test("addresses match whole, and stars stand for a part", () => {
  expect(isPage("/", "/")).toBe(true);
  expect(isPage("/", "/tasks")).toBe(false);
  expect(isPage("/tasks", "/tasks/")).toBe(true);
  expect(isPage("/studio", "/studio/forms")).toBe(false);
  expect(isPage("/v/*", "/v/lead_all")).toBe(true);
  expect(isPage("/v/*", "/v")).toBe(false);
});
