/** Edits of plain definitions as pure functions; the server takes the same steps in the same way. */
import type { Definitions, Op, Path } from "@/api/types/studio";

type Mapping = Record<string, unknown>;

/** What of a draft is no list of named things: in an absent list nothing can be set. */
const MAPPINGS = new Set(["moves", "running"]);

/** A step names a place that is not there, or a value that cannot stand there. */
export class NoPlace extends Error {
  readonly path: Path;

  constructor(path: Path) {
    super(path.join("/"));
    this.name = "NoPlace";
    this.path = path;
  }
}

const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What an element of a list is known by. */
export function identityOf(item: unknown): string | null {
  if (!isMapping(item)) return null;
  if (typeof item.key === "string") return item.key;
  return typeof item.entity === "string" ? item.entity : null;
}

const indexOf = (list: readonly unknown[], name: string) => list.findIndex((each) => identityOf(each) === name);

/** What stands at a path; undefined where nothing does. */
export function valueAt(document: unknown, path: Path): unknown {
  let at = document;
  for (const segment of path) {
    if (Array.isArray(at)) at = at[indexOf(at, segment)];
    else if (isMapping(at)) at = Object.hasOwn(at, segment) ? at[segment] : undefined;
    else return undefined;
  }
  return at ?? undefined;
}

/** The definitions after the steps; those given stay as they are, and what no step touches is shared. */
export function applyOps(definitions: Definitions, ops: readonly Op[]): Definitions {
  let document: unknown = definitions;
  for (const op of ops) {
    if (op.path.length === 0) throw new NoPlace(op.path);
    document = changed(document, op, 0);
  }
  return document as Definitions;
}

/** The steps that lead back from `applyOps(definitions, ops)` to the definitions. */
export function invertOps(definitions: Definitions, ops: readonly Op[]): Op[] {
  const inverse: Op[] = [];
  let document = definitions;
  for (const op of ops) {
    inverse.unshift(...inverseOf(document, op));
    document = applyOps(document, [op]);
  }
  return inverse;
}

function inverseOf(document: Definitions, op: Op): Op[] {
  const before = valueAt(document, op.path);
  if (op.op === "place")
    return before === undefined ? [] : [{ op: "place", path: op.path, before: nextOf(document, op.path) }];
  if (before === undefined) return op.op === "drop" ? [] : [{ op: "drop", path: op.path }];
  const back: Op[] = [{ op: "put", path: op.path, value: before }];
  const isElement = Array.isArray(valueAt(document, op.path.slice(0, -1)));
  if (op.op === "drop" && isElement) back.push({ op: "place", path: op.path, before: nextOf(document, op.path) });
  return back;
}

/** The neighbour behind an element; null for the last one. */
function nextOf(document: Definitions, path: Path): string | null {
  const list = valueAt(document, path.slice(0, -1));
  if (!Array.isArray(list)) return null;
  return identityOf(list[indexOf(list, path.at(-1) ?? "") + 1]);
}

function changed(container: unknown, op: Op, depth: number): unknown {
  const segment = op.path[depth] ?? "";
  const isLast = depth === op.path.length - 1;
  if (isMapping(container))
    return isLast ? steppedMapping(container, segment, op) : changedMapping(container, op, depth);
  if (!Array.isArray(container)) throw new NoPlace(op.path.slice(0, depth + 1));
  const at = indexOf(container, segment);
  if (isLast) return steppedList(container, at, op);
  if (at < 0) throw new NoPlace(op.path.slice(0, depth + 1));
  return container.with(at, changed(container[at], op, depth + 1));
}

function changedMapping(container: Mapping, op: Op, depth: number): Mapping {
  const segment = op.path[depth] ?? "";
  let inner = Object.hasOwn(container, segment) ? (container[segment] ?? null) : null;
  if (inner === null) {
    if (op.op !== "put" || (op.value ?? null) === null) return container;
    const isElement = depth === op.path.length - 2 && identityOf(op.value) === op.path.at(-1);
    if (depth === 0 && !isElement && !MAPPINGS.has(segment)) throw new NoPlace(op.path.slice(0, 2));
    inner = isElement ? [] : {};
  }
  return { ...container, [segment]: changed(inner, op, depth + 1) };
}

function steppedMapping(container: Mapping, segment: string, op: Op): Mapping {
  if (op.op === "put" && (op.value ?? null) !== null) return { ...container, [segment]: op.value };
  if (op.op === "place") return container;
  const { [segment]: _, ...rest } = container;
  return rest;
}

function steppedList(container: unknown[], at: number, op: Op): unknown[] {
  if (op.op === "put") {
    if (identityOf(op.value) !== op.path.at(-1)) throw new NoPlace(op.path);
    return at < 0 ? [...container, op.value] : container.with(at, op.value);
  }
  if (at < 0) return container;
  const rest = container.toSpliced(at, 1);
  if (op.op === "drop") return rest;
  const found = op.before === null ? -1 : indexOf(rest, op.before);
  return rest.toSpliced(found < 0 ? rest.length : found, 0, container[at]);
}

/** Whether two plain values are equal, whatever the order of their settings. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, at) => isEqual(each, other[at]));
  if (!isMapping(one) || !isMapping(other)) return (one ?? null) === null && (other ?? null) === null;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isEqual(one[name], other[name]))
  );
}
