/** What the draft's store holds, and the pure parts of how it changes. */
import type { Definitions, Disagreement, DraftDocument, DraftProblem, Op, Path } from "@/api/types/studio";
import { applyOps, isEqual, NoPlace, valueAt } from "./ops";

/** Steps that were taken here and that the server has not confirmed. */
interface Batch {
  label: string;
  ops: Op[];
}

/** What can be undone (or done again). */
interface Memory {
  label: string;
  forward: Op[];
  back: Op[];
  at: number;
}

/** A place that somebody else changed while it was being changed here. */
export interface Clash {
  path: Path;
  place: string;
  who: string;
  what: string;
  mine: unknown;
  theirs: unknown;
}

export type Saving = "saved" | "saving" | "failed" | "conflict";

export interface DraftData {
  id: number;
  baseVersion: number;
  revision: number;
  /** As the server has them. */
  confirmed: Definitions;
  /** As they are shown: with what waits to be confirmed. */
  definitions: Definitions;
  published: Definitions;
  problems: DraftProblem[];
  editors: DraftDocument["editors"];
  behind: boolean;
  disagreements: Disagreement[];
  pending: Batch[];
  undos: Memory[];
  redos: Memory[];
  clashes: Clash[];
  saving: Saving;
}

/** Steps of one kind of typing that follow each other this fast are undone as one. */
const TOGETHER_MS = 1_200;

export function fromDocument(
  document: DraftDocument,
): Omit<DraftData, "pending" | "undos" | "redos" | "clashes" | "saving"> {
  return {
    id: document.id,
    baseVersion: document.base_version,
    revision: document.revision,
    confirmed: document.definitions,
    definitions: document.definitions,
    published: document.published,
    problems: document.problems,
    editors: document.editors,
    behind: document.behind,
    disagreements: document.conflicts,
  };
}

/** The definitions with what waits; batches that no longer fit are left out. */
export function withPending(confirmed: Definitions, pending: Batch[]): { definitions: Definitions; pending: Batch[] } {
  let definitions = confirmed;
  const kept: Batch[] = [];
  for (const batch of pending) {
    try {
      definitions = applyOps(definitions, batch.ops);
      kept.push(batch);
    } catch (error) {
      if (!(error instanceof NoPlace)) throw error;
    }
  }
  return { definitions, pending: kept };
}

/** Adds steps to those that wait; one that replaces the value of the last is merged with it. */
export function queued(pending: Batch[], batch: Batch, isLastOnItsWay: boolean): Batch[] {
  const last = pending.at(-1);
  if (!last || !isSameTyping(last.ops, batch.ops) || (isLastOnItsWay && pending.length === 1))
    return [...pending, batch];
  return [...pending.slice(0, -1), batch];
}

/** Adds to what can be undone; typing in one place is one memory. */
export function remembered(undos: Memory[], memory: Memory): Memory[] {
  const last = undos.at(-1);
  if (last && memory.at - last.at < TOGETHER_MS && isSameTyping(last.forward, memory.forward))
    return [...undos.slice(0, -1), { ...memory, back: last.back }];
  return [...undos.slice(-199), memory];
}

function isSameTyping(one: Op[], other: Op[]): boolean {
  const [first, second] = [one[0], other[0]];
  return (
    one.length === 1 &&
    other.length === 1 &&
    first?.op === "put" &&
    second?.op === "put" &&
    isEqual(first.path, second.path)
  );
}

/** Whether the places of an edit still hold what the edit left there. */
export function isUntouched(definitions: Definitions, forward: Op[]): boolean {
  const last = new Map(forward.map((op) => [op.path.join("/"), op]));
  return [...last.values()].every((op) => {
    if (op.op === "place") return true;
    if (forward.some((other) => other !== op && other.path.length > op.path.length && startsWith(other.path, op.path)))
      return true;
    return isEqual(valueAt(definitions, op.path), op.op === "put" ? op.value : undefined);
  });
}

export function startsWith(path: readonly (string | number)[], prefix: Path): boolean {
  return prefix.every((segment, at) => String(path[at]) === segment);
}

const COLLECTIONS_INSIDE = ["fields", "stages", "transitions", "options", "grants", "menu"] as const;

/** How many places differ from what is published, counted as people would. */
export function countChanges(published: Definitions, definitions: Definitions): number {
  let count = 0;
  const names = new Set([...Object.keys(published), ...Object.keys(definitions)]) as Set<keyof Definitions>;
  for (const name of names) {
    const before = byName(published[name]);
    const after = byName(definitions[name]);
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const [old, now] = [before.get(key), after.get(key)];
      if (isAlike(old, now)) continue;
      count += old && now ? Math.max(1, countInside(old, now)) : 1;
    }
  }
  return count;
}

function countInside(old: object, now: object): number {
  const [one, other] = [{ ...old } as Record<string, unknown>, { ...now } as Record<string, unknown>];
  let count = 0;
  for (const name of COLLECTIONS_INSIDE) {
    if (!Array.isArray(one[name] ?? []) || !Array.isArray(other[name] ?? [])) continue;
    const [before, after] = [byName(one[name]), byName(other[name])];
    for (const key of new Set([...before.keys(), ...after.keys()]))
      if (!isAlike(before.get(key), after.get(key))) count += 1;
    const order = (from: Map<string, unknown>, within: Map<string, unknown>) =>
      [...from.keys()].filter((key) => within.has(key));
    if (!isEqual(order(before, after), order(after, before))) count += 1;
    delete one[name];
    delete other[name];
  }
  return count + (isAlike(one, other) ? 0 : 1);
}

function byName(items: unknown): Map<string, object> {
  if (!Array.isArray(items)) return new Map(items && typeof items === "object" ? [["", items]] : []);
  return new Map(items.map((each, at) => [String(each?.key ?? each?.entity ?? at), each]));
}

/** Equal but for settings that are there with the value that they have when they are left out. */
function isAlike(one: unknown, other: unknown): boolean {
  return one === other || isEqual(slim(one), slim(other));
}

function slim(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(slim);
  if (typeof value === "string" || typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value)
    .map(([key, each]) => [key, slim(each)] as const)
    .filter(([, each]) => !(each === null || each === false || each === "" || isHollow(each)));
  return Object.fromEntries(kept);
}

function isHollow(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
