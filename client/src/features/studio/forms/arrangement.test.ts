import { describe, expect, it } from "vitest";
import type { Entity } from "@/api/types/studio";
import { applyOps } from "../draft/ops";
import {
  boardOf,
  changedGroup,
  freeKey,
  layoutOps,
  movedGroup,
  moveOps,
  orderOf,
  placed,
  stepped,
  withGroup,
  withHidden,
  without,
  withoutGroup,
  withoutTab,
  withTab,
  withWidth,
} from "./arrangement";

const entity = (layout?: Entity["layout"]): Entity => ({
  key: "lead",
  label: "Lead",
  title: "a",
  fields: ["a", "b", "c", "d"].map((key) => ({ key, label: key, type: "text" })),
  ...(layout ? { layout } : {}),
});
const LAID = entity({
  tabs: [
    { key: "one", label: "One", groups: [{ key: "g", fields: [{ key: "a", width: 2 }, { key: "b" }] }] },
    { key: "two", label: "Two", groups: [{ key: "h", fields: [{ key: "c" }] }] },
  ],
  hidden: ["d"],
});
const result = (from: Entity, ops: ReturnType<typeof layoutOps>) =>
  applyOps({ entities: [from] }, ops).entities?.[0] as Entity;

describe("the board of a form", () => {
  it("holds every field, with or without a layout", () => {
    expect(orderOf(boardOf(entity()))).toEqual(["a", "b", "c", "d"]);
    expect(orderOf(boardOf(LAID))).toEqual(["a", "b", "c"]);
    const partly = entity({ tabs: [{ key: "one", groups: [{ key: "g", fields: [{ key: "c" }, { key: "gone" }] }] }] });
    expect(orderOf(boardOf(partly))).toEqual(["c", "a", "b", "d"]);
  });

  it("moves fields within and between groups", () => {
    const board = boardOf(LAID);
    expect(orderOf(placed(board, "b", { group: "g", before: "a" }))).toEqual(["b", "a", "c"]);
    expect(orderOf(placed(board, "a", { group: "h", before: null }))).toEqual(["b", "c", "a"]);
    expect(placed(board, "a", { group: "h", before: null }).tabs[1]?.groups[0]?.fields[1]).toEqual({
      key: "a",
      width: 2,
    });
    expect(placed(board, "a", { group: "g", before: "a" })).toBe(board);
    expect(stepped(board, "a", -1)).toBeNull();
    expect(stepped(board, "a", 1)).toEqual({ group: "g", before: null });
    expect(stepped(board, "b", 1)).toEqual({ group: "h", before: "c" });
    expect(stepped(board, "c", -1)).toEqual({ group: "g", before: null });
  });

  it("hides, brings back and removes", () => {
    const board = boardOf(LAID);
    expect(withHidden(board, "a", true).hidden).toEqual(["d", "a"]);
    expect(orderOf(withHidden(board, "d", false))).toEqual(["a", "b", "c", "d"]);
    expect(orderOf(without(board, "b"))).toEqual(["a", "c"]);
    expect(without(board, "d").hidden).toEqual([]);
    expect(withWidth(board, "a", undefined).tabs[0]?.groups[0]?.fields[0]).toEqual({ key: "a" });
  });

  it("keeps the fields of groups and tabs that go", () => {
    const board = boardOf(LAID);
    expect(orderOf(withoutTab(board, "one"))).toEqual(["a", "b", "c"]);
    expect(withoutTab(board, "two").tabs).toHaveLength(1);
    expect(withoutGroup(board, "h").tabs.map((tab) => tab.key)).toEqual(["one"]);
    expect(orderOf(withoutGroup(board, "g"))).toEqual(["a", "b", "c"]);
    const more = withGroup(withTab(board, { key: freeKey(board, "tab") }, "x"), "one", { key: "y" });
    expect(more.tabs.map((tab) => tab.groups.map((each) => each.key))).toEqual([["g", "y"], ["h"], ["x"]]);
    expect(movedGroup(more, "y", -1).tabs[0]?.groups.map((each) => each.key)).toEqual(["y", "g"]);
  });

  it("comes to small steps", () => {
    const board = boardOf(LAID);
    expect(layoutOps(LAID, board)).toEqual([]);
    const wide = layoutOps(LAID, changedGroup(board, "h", { columns: 3 }));
    expect(wide.map((op) => op.path)).toEqual([["entities", "lead", "layout", "tabs", "two", "groups", "h"]]);
    expect(boardOf(result(LAID, wide)).tabs[1]?.groups[0]?.columns).toBe(3);
    const hidden = withHidden(board, "c", true);
    expect(result(LAID, layoutOps(LAID, hidden)).layout?.hidden).toEqual(["d", "c"]);
    expect(result(LAID, layoutOps(LAID, without(board, "d"))).layout?.hidden).toBeUndefined();
    expect(result(entity(), layoutOps(entity(), withWidth(boardOf(entity()), "a", 2))).layout?.tabs).toHaveLength(1);
  });

  it("leaves a form without a layout as it is where order is enough", () => {
    const reordered = result(entity(), moveOps(entity(), "d", { group: "main", before: "a" }));
    expect(reordered.layout).toBeUndefined();
    expect(reordered.fields.map((field) => field.key)).toEqual(["d", "a", "b", "c"]);
  });
});
