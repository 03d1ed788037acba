import { expect, it } from "vitest";
import { labelWritten, newLabel, withText, writtenParts } from "./labels";

it("keeps a name typed in English as English, for Chinese readers too", () => {
  expect(newLabel(" Deal ", "en")).toEqual({ zh: "Deal", en: "Deal" });
  expect(newLabel("商机", "zh")).toEqual({ zh: "商机" });
});

it("offers the Chinese name empty until somebody writes one", () => {
  expect(writtenParts(newLabel("Deal", "en"), "en")).toEqual({ zh: "", en: "Deal" });
  expect(writtenParts({ zh: "CRM" }, "en")).toEqual({ zh: "", en: "CRM" });
  expect(writtenParts({ zh: "商机" }, "en")).toEqual({ zh: "商机", en: "" });
  expect(writtenParts({ zh: "Deal", en: "Deal" }, "zh")).toEqual({ zh: "Deal", en: "Deal" });
});

it("lets both names change with the English one, and go their own ways once both are written", () => {
  expect(withText({ zh: "Deal", en: "Deal" }, "en", "Order")).toEqual({ zh: "Order", en: "Order" });
  expect(withText({ zh: "Deal" }, "en", "Order")).toEqual({ zh: "Order", en: "Order" });
  expect(withText({ zh: "商机", en: "Deal" }, "en", "Order")).toEqual({ zh: "商机", en: "Order" });
  expect(withText({ zh: "Deal", en: "Deal" }, "zh", "商机")).toEqual({ zh: "商机", en: "Deal" });
  expect(withText({ zh: "商机" }, "zh", "订单")).toEqual({ zh: "订单" });
  expect(labelWritten({ zh: "", en: "Deal" }, "en")).toEqual({ zh: "Deal", en: "Deal" });
  expect(labelWritten({ zh: "商机", en: "" }, "en")).toEqual({ zh: "商机" });
  expect(labelWritten({ zh: " ", en: "" }, "en")).toBeUndefined();
});
