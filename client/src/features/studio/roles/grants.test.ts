import { expect, it } from "vitest";
import type { Definitions, Role } from "@/api/types/studio";
import { applyOps } from "../draft/ops";
import { accessOf, dropGrant, heldBy, levelOf, limitsOf, setAccess, setLevel, unseenForms } from "./grants";

const role: Role = {
  key: "rep",
  label: "销售",
  grants: [
    { entity: "*", read: "own" },
    { entity: "lead", read: "department", create: true, fields: { secret: "hidden" } },
  ],
};
const draft: Definitions = { roles: [role] };
const after = (ops: Parameters<typeof applyOps>[1]) => applyOps(draft, ops).roles?.[0] as Role;

it("reads a form's own grant, or that of everything else", () => {
  expect(levelOf(role, "lead", "read")).toBe("department");
  expect(levelOf(role, "lead", "create")).toBe("yes");
  expect(levelOf(role, "lead", "delete")).toBe("none");
  expect(levelOf(role, "customer", "read")).toBe("own");
  expect(heldBy(role, "customer").isInherited).toBe(true);
  expect(levelOf(undefined, "lead", "export")).toBe("no");
});

it("gives a form a grant of its own with the first change", () => {
  const changed = after(setLevel(role, "customer", "update", "own"));
  expect(changed.grants?.find((each) => each.entity === "customer")).toEqual({
    entity: "customer",
    read: "own",
    update: "own",
  });
  expect(levelOf(after(dropGrant(role, "lead")), "lead", "read")).toBe("own");
  expect(levelOf(after(setLevel(role, "lead", "read", "none")), "lead", "read")).toBe("none");
});

it("treats fields apart, always and in a stage", () => {
  const staged = after(setAccess(role, "lead", "amount", "won", "read"));
  expect(accessOf(heldBy(staged, "lead").grant, "amount", "won")).toBe("read");
  expect(limitsOf(heldBy(staged, "lead").grant)).toBe(2);
  expect(accessOf(heldBy(after(setAccess(role, "lead", "secret", null, "write")), "lead").grant, "secret", null)).toBe(
    undefined,
  );
  expect(setAccess(role, "lead", "amount", null, "write")).toEqual([]);
});

it("names new forms that nobody may see, but none that were there, that everything else covers, or rows of others", () => {
  const form = (key: string) => ({ key, label: key, title: "name", fields: [] });
  const sample = form("sample");
  const rows = { ...form("lines"), parent: "sample" };
  const seller: Role = { key: "rep", label: "销售", grants: [{ entity: "lead", read: "own" }] };
  const published: Definitions = { entities: [form("old")], roles: [seller] };
  const wanted: Definitions = { entities: [form("old"), sample, rows], roles: [seller] };
  expect(unseenForms(published, wanted)).toEqual([sample]);
  expect(unseenForms(published, { ...wanted, roles: [role] })).toEqual([]);
  const granted: Role = { ...seller, grants: [{ entity: "sample", read: "own" }] };
  expect(unseenForms(published, { ...wanted, roles: [granted] })).toEqual([]);
});
