import { useTranslation } from "react-i18next";
import type { Entity, Field, Op, Process } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { distinctKey, makeKey } from "../draft/keys";
import { type DraftHandle, useDraft } from "../draft/useDraft";
import { newLabel } from "../parts/labels";
import { labelText } from "../shell/values";

export interface ProcessHandle {
  draft: DraftHandle;
  process: Process;
  entity: Entity | undefined;
  fields: Field[];
  /** True where the process holds already. */
  isPublished: boolean;
  edit: (ops: Op[], label: string) => void;
  text: (label: unknown, otherwise?: string) => string;
  stageName: (key: string) => string;
}

/** One process of the draft with what belongs to it; undefined where there is none with this key. */
export function useProcess(key: string | undefined): ProcessHandle | undefined {
  const draft = useDraft();
  const language = useLanguage();
  const process = draft.definitions.processes?.find((each) => each.key === key);
  if (!process) return undefined;
  const entity = draft.definitions.entities?.find((each) => each.key === process.entity);
  const text = (label: unknown, otherwise = "") => labelText(label, language, otherwise);
  return {
    draft,
    process,
    entity,
    fields: entity?.fields ?? [],
    isPublished: draft.published.processes?.some((each) => each.key === key) ?? false,
    edit: draft.edit,
    text,
    stageName: (stage) => text(process.stages.find((each) => each.key === stage)?.label, stage),
  };
}

/** Makes the label and key of a new thing from what somebody typed. */
export function useNewThing() {
  const language = useLanguage();
  const { t } = useTranslation("processes");
  return {
    label: (typed: string) => newLabel(typed, language),
    key: (typed: string, taken: Iterable<string>, fallback: string) => makeKey(typed, taken, fallback),
    /** The move that leads into a stage. */
    moveInto: (stage: string, label: string, taken: string[]) => ({
      key: distinctKey(`to_${stage}`.slice(0, 40), taken),
      label: newLabel(t("enter", { stage: label }), language),
      source: [] as string[],
      target: stage,
    }),
  };
}
