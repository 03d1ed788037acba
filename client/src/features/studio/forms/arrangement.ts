/** Layouts of forms as the designer changes them: pure, each change a new layout. */
import type { Entity, Layout, LayoutField, LayoutGroup, LayoutTab, Op } from "@/api/types/studio";
import { isEqual } from "../draft/ops";

export type FullGroup = Omit<LayoutGroup, "fields"> & { fields: LayoutField[] };
export type FullTab = Omit<LayoutTab, "groups"> & { groups: FullGroup[] };

export interface Board {
  tabs: FullTab[];
  hidden: string[];
}

/** Where a field goes: before another one, or to the end of a group. */
export interface Place {
  group: string;
  before: string | null;
}

const FIRST = "main";

/** The whole form as tabs and groups: fields that the layout does not name come last, as the form shows them. */
export function boardOf(entity: Entity): Board {
  const own = new Set(entity.fields.map((field) => field.key));
  const hidden = (entity.layout?.hidden ?? []).filter((key) => own.has(key));
  const tabs: FullTab[] = (entity.layout?.tabs ?? []).map((tab) => ({
    ...tab,
    groups: (tab.groups ?? []).map((group) => ({
      ...group,
      fields: (group.fields ?? []).filter((each) => own.has(each.key)),
    })),
  }));
  const placed = new Set(tabs.flatMap((tab) => tab.groups.flatMap((group) => group.fields.map((each) => each.key))));
  const rest = entity.fields.filter((field) => !field.hidden && !placed.has(field.key) && !hidden.includes(field.key));
  const fields = rest.map((field) => ({ key: field.key }));
  const last = tabs.at(-1);
  if (!last) tabs.push({ key: FIRST, groups: [{ key: FIRST, fields }] });
  else if (last.groups.length === 0) last.groups.push({ key: freeKey({ tabs, hidden }, "group"), fields });
  else if (fields.length > 0) last.groups.push({ key: freeKey({ tabs, hidden }, "group"), fields });
  return { tabs, hidden };
}

export const groupsOf = (board: Board): FullGroup[] => board.tabs.flatMap((tab) => tab.groups);
export const orderOf = (board: Board): string[] =>
  groupsOf(board).flatMap((group) => group.fields.map((each) => each.key));
export const groupWith = (board: Board, field: string): FullGroup | undefined =>
  groupsOf(board).find((group) => group.fields.some((each) => each.key === field));
export const tabWithGroup = (board: Board, group: string) =>
  board.tabs.find((tab) => tab.groups.some((each) => each.key === group));

/** A key for a tab or a group that no other bears. */
export function freeKey(board: Board, prefix: string): string {
  const taken = new Set([...board.tabs.map((tab) => tab.key), ...groupsOf(board).map((group) => group.key)]);
  let number = 1;
  while (taken.has(`${prefix}_${number}`)) number += 1;
  return `${prefix}_${number}`;
}

function changeGroup(board: Board, key: string, change: (group: FullGroup) => FullGroup): Board {
  const tabs = board.tabs.map((tab) => ({
    ...tab,
    groups: tab.groups.map((group) => (group.key === key ? change(group) : group)),
  }));
  return { ...board, tabs };
}

/** The board without a field. */
export function without(board: Board, field: string): Board {
  const group = groupWith(board, field);
  const rest = group
    ? changeGroup(board, group.key, (each) => ({ ...each, fields: each.fields.filter((one) => one.key !== field) }))
    : board;
  return { ...rest, hidden: rest.hidden.filter((key) => key !== field) };
}

/** The board with a field at a place, taken from where it was; its width comes along. */
export function placed(board: Board, field: string, place: Place): Board {
  const was = groupWith(board, field)?.fields.find((each) => each.key === field);
  if (place.before === field) return board;
  return changeGroup(without(board, field), place.group, (group) => {
    const at = group.fields.findIndex((each) => each.key === place.before);
    return { ...group, fields: group.fields.toSpliced(at < 0 ? group.fields.length : at, 0, was ?? { key: field }) };
  });
}

/** Where a field comes to stand one step earlier or later, across groups; null at the ends. */
export function stepped(board: Board, field: string, step: 1 | -1): Place | null {
  const groups = groupsOf(board);
  const at = groups.findIndex((group) => group.fields.some((each) => each.key === field));
  const group = groups[at];
  if (!group) return null;
  const index = group.fields.findIndex((each) => each.key === field);
  const next = index + step;
  if (next >= 0 && next < group.fields.length)
    return { group: group.key, before: group.fields[step > 0 ? next + 1 : next]?.key ?? null };
  const neighbour = groups[at + step];
  if (!neighbour) return null;
  return { group: neighbour.key, before: step > 0 ? (neighbour.fields[0]?.key ?? null) : null };
}

export function withWidth(board: Board, field: string, width: 1 | 2 | 3 | undefined): Board {
  const group = groupWith(board, field);
  if (!group) return board;
  return changeGroup(board, group.key, (each) => ({
    ...each,
    fields: each.fields.map((one) => (one.key === field ? (width ? { key: field, width } : { key: field }) : one)),
  }));
}

/** Takes a field off the form, or brings it back to the end of the last group. */
export function withHidden(board: Board, field: string, isHidden: boolean): Board {
  const rest = without(board, field);
  if (isHidden) return { ...rest, hidden: [...rest.hidden, field] };
  const last = groupsOf(rest).at(-1);
  return last ? placed(rest, field, { group: last.key, before: null }) : rest;
}

export function changedGroup(board: Board, key: string, change: Partial<FullGroup>): Board {
  return changeGroup(board, key, (group) => clean({ ...group, ...change }));
}

export function changedTab(board: Board, key: string, change: Partial<FullTab>): Board {
  return {
    ...board,
    tabs: board.tabs.map((tab) => (tab.key === key ? clean({ ...tab, ...change }) : tab)),
  };
}

const clean = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;

/** A new group at the end of a tab. */
export function withGroup(board: Board, tab: string, group: LayoutGroup): Board {
  const full = { ...group, fields: group.fields ?? [] };
  return {
    ...board,
    tabs: board.tabs.map((each) => (each.key === tab ? { ...each, groups: [...each.groups, full] } : each)),
  };
}

/** A new tab at the end, with one group for its fields. */
export const withTab = (board: Board, tab: LayoutTab, group: string): Board => ({
  ...board,
  tabs: [...board.tabs, { ...tab, groups: [{ key: group, fields: [] }] }],
});

/** The board without a group; its fields go to the group before it, or to the one behind. */
export function withoutGroup(board: Board, key: string): Board {
  const groups = groupsOf(board);
  const at = groups.findIndex((group) => group.key === key);
  const heir = groups[at - 1] ?? groups[at + 1];
  const gone = groups[at];
  if (!heir || !gone) return board;
  const filled = changeGroup(board, heir.key, (group) => ({
    ...group,
    fields: at > 0 ? [...group.fields, ...gone.fields] : [...gone.fields, ...group.fields],
  }));
  const tabs = filled.tabs.map((tab) => ({ ...tab, groups: tab.groups.filter((group) => group.key !== key) }));
  return { ...filled, tabs: tabs.filter((tab) => tab.groups.length > 0) };
}

/** The board without a tab; its groups join the tab before it, or the one behind. */
export function withoutTab(board: Board, key: string): Board {
  const at = board.tabs.findIndex((tab) => tab.key === key);
  const gone = board.tabs[at];
  const heir = board.tabs[at - 1] ?? board.tabs[at + 1];
  if (!gone || !heir) return board;
  const tabs = board.tabs
    .filter((tab) => tab !== gone)
    .map((tab) =>
      tab === heir
        ? { ...tab, groups: at > 0 ? [...tab.groups, ...gone.groups] : [...gone.groups, ...tab.groups] }
        : tab,
    );
  return { ...board, tabs };
}

function moved<T extends { key: string }>(items: T[], key: string, step: 1 | -1): T[] {
  const at = items.findIndex((each) => each.key === key);
  const item = items[at];
  if (!item || at + step < 0 || at + step >= items.length) return items;
  return items.toSpliced(at, 1).toSpliced(at + step, 0, item);
}

export const movedTab = (board: Board, key: string, step: 1 | -1): Board => ({
  ...board,
  tabs: moved(board.tabs, key, step),
});

export const movedGroup = (board: Board, key: string, step: 1 | -1): Board => ({
  ...board,
  tabs: board.tabs.map((tab) => ({ ...tab, groups: moved(tab.groups, key, step) })),
});

/** The smallest steps that lead an entity's layout to the board: by group where only groups differ. */
export function layoutOps(entity: Entity, board: Board): Op[] {
  const path = ["entities", entity.key, "layout"];
  const before = entity.layout;
  const after: Layout = board.hidden.length > 0 ? { tabs: board.tabs, hidden: board.hidden } : { tabs: board.tabs };
  if (isEqual(before, after)) return [];
  const shape = (layout: Layout | undefined) =>
    JSON.stringify(
      layout?.tabs?.map((tab) => [tab.key, tab.label ?? null, (tab.groups ?? []).map((each) => each.key)]),
    );
  if (!before || shape(before) !== shape(after)) return [{ op: "put", path, value: after }];
  const old = new Map((before.tabs ?? []).flatMap((tab) => (tab.groups ?? []).map((group) => [group.key, group])));
  const ops: Op[] = board.tabs.flatMap((tab) =>
    tab.groups
      .filter((group) => !isEqual(old.get(group.key), group))
      .map((group): Op => ({ op: "put", path: [...path, "tabs", tab.key, "groups", group.key], value: group })),
  );
  if (!isEqual(before.hidden ?? [], board.hidden))
    ops.push({ op: "put", path: [...path, "hidden"], value: board.hidden.length > 0 ? board.hidden : null });
  return ops;
}

/** Steps that move a field: in the plain order where the form has no layout yet, in its layout otherwise. */
export function moveOps(entity: Entity, field: string, place: Place): Op[] {
  if (entity.layout) return layoutOps(entity, placed(boardOf(entity), field, place));
  return [{ op: "place", path: ["entities", entity.key, "fields", field], before: place.before }];
}
