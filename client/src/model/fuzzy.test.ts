import { expect, it } from "vitest";
import { initialsOf, likeness } from "./fuzzy";

it("speaks the initials of Chinese names", () => {
  expect(initialsOf("新建线索")).toBe("xjxs");
  expect(initialsOf("审计日志")).toBe("sjrz");
  expect(initialsOf("全部客户 75kW")).toBe("qbkh75kw");
});

it("finds by beginning, part, initials, other words and scattered letters, best first", () => {
  const found = ["新建线索", "线索", "全部线索", "我的客户"].map((name) => likeness("线索", name));
  expect(found).toEqual([80, 100, 80, 0]);
  expect(likeness("xjxs", "新建线索")).toBe(70);
  expect(likeness("xs", "新建线索")).toBe(60);
  expect(likeness("dark", "深色", ["Dark"])).toBe(50);
  expect(likeness("log", "Audit log")).toBe(80);
  expect(likeness("adtl", "Audit log")).toBe(30);
  expect(likeness("zzz", "Audit log")).toBe(0);
});
