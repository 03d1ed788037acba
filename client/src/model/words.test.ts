import { expect, it } from "vitest";
import { inSentence } from "./words";

it.each([
  ["Source", "source"],
  ["Expected close", "expected close"],
  ["API key", "API key"],
  ["OpenID", "OpenID"],
  ["来源", "来源"],
])("%s is %s within a sentence", (name, within) => {
  expect(inSentence(name, "en")).toBe(within);
});
