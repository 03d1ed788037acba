/** Processes to begin with. Pure. */
import type { Label, Process, Stage, Transition } from "@/api/types/studio";
import texts from "./templates.json";

interface Step {
  key: string;
  zh: string;
  en: string;
  colour: string;
  kind?: "won" | "lost";
}

export const TEMPLATES = ["simple", "sales", "service", "approval"] as const;
export type TemplateName = (typeof TEMPLATES)[number];

const WAYS = texts.ways as Record<TemplateName, Step[]>;
/** What a new record is called in a process with one stage. */
export const FIRST = texts.first;
const { on: ON, back: BACK, lost: LOST } = texts.moves;

export const templateStages = (name: TemplateName) => WAYS[name];

function stagesOf(steps: Step[]): Stage[] {
  return steps.map(({ key, zh, en, colour, kind }) => ({
    key,
    label: { zh, en },
    ...(colour === "blue" ? {} : { colour }),
    ...(kind ? { kind } : {}),
  }));
}

/** Moves from stage to stage, one back each, and one to every lost stage. */
function movesOf(steps: Step[]): Transition[] {
  const way = steps.filter((each) => each.kind !== "lost");
  const open = way.filter((each) => !each.kind);
  const on = way.slice(1).map((to, at) => ({
    key: `to_${to.key}`,
    label: { zh: `${ON.zh}${to.zh}`, en: `${ON.en}${to.en.toLowerCase()}` },
    source: [way[at]?.key ?? ""],
    target: to.key,
  }));
  const back = open.slice(1).map((from, at) => ({
    key: `back_to_${open[at]?.key}`,
    label: { zh: `${BACK.zh}${open[at]?.zh}`, en: `${BACK.en}${open[at]?.en.toLowerCase()}` },
    source: [from.key],
    target: open[at]?.key ?? "",
    backward: true,
  }));
  const lost = steps
    .filter((each) => each.kind === "lost")
    .map((to) => ({
      key: `to_${to.key}`,
      label: { zh: `${LOST.zh}${to.zh}`, en: `${LOST.en}${to.en.toLowerCase()}` },
      source: open.map((each) => each.key),
      target: to.key,
    }));
  return [...on, ...back, ...lost];
}

/** A process made from a template. */
export function fromTemplate(name: TemplateName, key: string, label: Label, entity: string): Process {
  const steps = WAYS[name];
  return { key, label, entity, initial: steps[0]?.key ?? "", stages: stagesOf(steps), transitions: movesOf(steps) };
}

/** A process with a single stage. */
export function blank(key: string, label: Label, entity: string, first: Label): Process {
  return {
    key,
    label,
    entity,
    initial: "new",
    stages: [{ key: "new", label: first, colour: "grey" }],
    transitions: [],
  };
}

/** The way of another process on another form: without what names its fields, proofs of pictures' places among it. */
export function fromProcess(source: Process, key: string, label: Label, entity: string): Process {
  const isSame = source.entity === entity;
  if (isSame) return { ...source, key, label };
  const stages = source.stages.map(({ required: _r, readonly: _o, open_when_frozen: _f, ...stage }) => stage);
  const transitions = source.transitions.map(({ guard: _g, guard_message: _m, effects, ...move }) => {
    const kept = (effects ?? []).flatMap(({ background: _b, into: _i, ...effect }) =>
      effect.do === "set" ? [] : [effect],
    );
    return kept.length > 0 ? { ...move, effects: kept } : move;
  });
  const { background: _, ...rest } = source;
  return { ...rest, key, label, entity, stages, transitions };
}
