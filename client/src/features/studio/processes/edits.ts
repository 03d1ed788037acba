/** Edits of a process as steps of the draft. Pure. */
import type { Definitions, Op, Process, Stage, Transition } from "@/api/types/studio";

const at = (process: Process, ...rest: string[]) => ["processes", process.key, ...rest];

export const stagePath = (process: Process, stage: string, ...rest: string[]) => at(process, "stages", stage, ...rest);
export const transitionPath = (process: Process, key: string, ...rest: string[]) =>
  at(process, "transitions", key, ...rest);

/** A setting of the process, a stage or a transition; undefined takes it away. */
export const put = (path: readonly string[], value: unknown): Op => ({ op: "put", path, value: value ?? null });

const isLost = (process: Process, key: string) => process.stages.find((each) => each.key === key)?.kind === "lost";
/** A move that leads on: neither back nor to a lost stage. */
export const isForward = (process: Process, move: Transition) => !move.backward && !isLost(process, move.target);

/** Adds a stage before another one, or at the end, without any transition. */
export function addStage(process: Process, stage: Stage, before: string | null): Op[] {
  const ops: Op[] = [put(stagePath(process, stage.key), stage)];
  if (before !== null) ops.push({ op: "place", path: stagePath(process, stage.key), before });
  return ops;
}

/** Adds a stage behind another one and lets what led on from there go through it. */
export function insertStage(process: Process, stage: Stage, after: string, move: Transition): Op[] {
  const index = process.stages.findIndex((each) => each.key === after);
  const ops = addStage(process, stage, process.stages[index + 1]?.key ?? null);
  for (const each of process.transitions) {
    if (!each.source.includes(after) || !isForward(process, each)) continue;
    const source = each.source.map((key) => (key === after ? stage.key : key));
    ops.push(put(transitionPath(process, each.key, "source"), [...new Set(source)]));
  }
  for (const each of process.transitions)
    if (each.source.includes(after) && isLost(process, each.target))
      ops.push(put(transitionPath(process, each.key, "source"), [...each.source, stage.key]));
  ops.push(put(transitionPath(process, move.key), { ...move, source: [after], target: stage.key }));
  return ops;
}

/** Puts a stage into one transition alone: the transition starts from it, and a new one leads to it. */
export function splitTransition(process: Process, split: Transition, stage: Stage, move: Transition): Op[] {
  const ops = addStage(process, stage, process.stages.some((each) => each.key === split.target) ? split.target : null);
  ops.push(put(transitionPath(process, split.key, "source"), [stage.key]));
  ops.push(put(transitionPath(process, move.key), { ...move, source: split.source, target: stage.key }));
  return ops;
}

/** Takes a stage out: what led to it leads on to where it led, and nothing names it any more. */
export function removeStage(definitions: Definitions, process: Process, key: string): Op[] {
  const before = [
    ...new Set(
      process.transitions
        .filter((each) => each.target === key && isForward(process, each))
        .flatMap((each) => each.source),
    ),
  ].filter((each) => each !== key);
  const ops: Op[] = [];
  for (const each of process.transitions) {
    if (each.target === key) {
      ops.push({ op: "drop", path: transitionPath(process, each.key) });
    } else if (each.source.includes(key)) {
      const rest = each.source.filter((stage) => stage !== key);
      const source = isForward(process, each) ? [...new Set([...rest, ...before])] : rest;
      const left = source.filter((stage) => stage !== each.target);
      ops.push(
        left.length > 0
          ? put(transitionPath(process, each.key, "source"), left)
          : { op: "drop", path: transitionPath(process, each.key) },
      );
    }
  }
  if (process.initial === key) {
    const first = process.stages.find((each) => each.key !== key);
    if (first) ops.push(put(at(process, "initial"), first.key));
  }
  for (const role of definitions.roles ?? [])
    for (const grant of role.grants ?? [])
      if (grant.entity === process.entity && grant.stages?.[key])
        ops.push({ op: "drop", path: ["roles", role.key, "grants", grant.entity, "stages", key] });
  ops.push({ op: "drop", path: stagePath(process, key) });
  return ops;
}

/** Moves a stage one place on in the order, or back. */
export function shiftStage(process: Process, key: string, by: 1 | -1): Op[] {
  const index = process.stages.findIndex((each) => each.key === key);
  const rest = process.stages.filter((each) => each.key !== key);
  const target = index + by;
  if (index < 0 || target < 0 || target > rest.length) return [];
  return [{ op: "place", path: stagePath(process, key), before: rest[target]?.key ?? null }];
}

/** Puts a stage to a place in the order. */
export function placeStage(process: Process, key: string, index: number): Op[] {
  const rest = process.stages.filter((each) => each.key !== key);
  return [{ op: "place", path: stagePath(process, key), before: rest[Math.max(0, index)]?.key ?? null }];
}

/** Where a stage stands among the others once it lies at a point of the canvas. */
export function indexAt(process: Process, key: string, isBefore: (stage: string) => boolean): number {
  return process.stages.filter((each) => each.key !== key && isBefore(each.key)).length;
}

export const stageKeys = (process: Process) => process.stages.map((each) => each.key);
export const transitionKeys = (process: Process) => process.transitions.map((each) => each.key);
export const slotKeys = (process: Process) =>
  process.stages.flatMap((each) => (each.evidence ?? []).map((slot) => slot.key));
