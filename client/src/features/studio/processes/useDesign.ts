import { useTranslation } from "react-i18next";
import type { Transition } from "@/api/types/studio";
import {
  addStage,
  insertStage,
  put,
  removeStage,
  splitTransition,
  stageKeys,
  transitionKeys,
  transitionPath,
} from "./edits";
import type { Chosen } from "./selection";
import { type ProcessHandle, useNewThing } from "./useProcess";

/** Where a new stage goes: behind another one, into a move, or to the end. */
export type Adding = { after: string | null; into?: Transition } | null;

/** Everything that can be done to the stages and moves of a process. */
export function useDesign(handle: ProcessHandle, choose: (chosen: Chosen) => void) {
  const { t } = useTranslation("processes");
  const fresh = useNewThing();
  const { process, edit } = handle;
  const add = async (name: string, adding: NonNullable<Adding>) => {
    const key = await fresh.key(name, stageKeys(process), "stage");
    const stage = { key, label: fresh.label(name) };
    const move = fresh.moveInto(key, name, transitionKeys(process));
    const last = process.stages.findLast((each) => (each.kind ?? "open") === "open");
    const ops = adding.into
      ? splitTransition(process, adding.into, stage, move)
      : adding.after
        ? insertStage(process, stage, adding.after, move)
        : last
          ? [
              ...addStage(
                process,
                stage,
                process.stages.find((each) => each.kind && each.kind !== "open")?.key ?? null,
              ),
              put(transitionPath(process, move.key), { ...move, source: [last.key] }),
            ]
          : addStage(process, stage, null);
    edit(ops, t("did.addedStage", { stage: name }));
    choose({ kind: "stage", key });
  };
  const connect = (source: string, target: string) => {
    const found = process.transitions.find((each) => each.target === target && each.source.includes(source));
    if (found) return choose({ kind: "transition", key: found.key });
    const order = stageKeys(process);
    const isBack = order.indexOf(target) < order.indexOf(source);
    const move = fresh.moveInto(target, handle.stageName(target), transitionKeys(process));
    edit(
      [put(transitionPath(process, move.key), { ...move, source: [source], ...(isBack ? { backward: true } : {}) })],
      t("did.connected", { source: handle.stageName(source), target: handle.stageName(target) }),
    );
    choose({ kind: "transition", key: move.key });
  };
  const remove = (chosen: Chosen) => {
    if (!chosen) return;
    if (chosen.kind === "stage" && process.stages.length > 1)
      edit(
        removeStage(handle.draft.definitions, process, chosen.key),
        t("did.removed", { what: handle.stageName(chosen.key) }),
      );
    else if (chosen.kind === "transition")
      edit(
        [{ op: "drop", path: transitionPath(process, chosen.key) }],
        t("did.removed", { what: handle.text(process.transitions.find((each) => each.key === chosen.key)?.label) }),
      );
    choose(null);
  };
  return { add, connect, remove };
}
