import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Definitions, DraftProblem, Op, Path } from "@/api/types/studio";
import { type Saving, startsWith } from "./model";
import { useDraftStore } from "./store";

export interface DraftHandle {
  /** The draft as it stands, with every edit that was made here. */
  definitions: Definitions;
  /** What holds for everybody now. */
  published: Definitions;
  /** Takes steps at once; `label` says in the builder's words what was done. Throws NoPlace for a path that is not there. */
  edit: (ops: Op[], label: string) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  /** What is wrong at a place or below it. */
  problemsAt: (path: Path) => DraftProblem[];
  problems: DraftProblem[];
  saving: Saving;
  revision: number;
  id: number;
}

/** The draft of the definitions. Only below the studio's shell, which loads it first. */
export function useDraft(): DraftHandle {
  const { t } = useTranslation("studio");
  const data = useDraftStore((state) => state.data);
  if (!data) throw new Error("the draft is not loaded");
  const edit = useDraftStore((state) => state.edit);
  const undoWith = useDraftStore((state) => state.undo);
  const redo = useDraftStore((state) => state.redo);
  const undo = useCallback(() => undoWith((what) => t("undoOf", { what })), [undoWith, t]);
  const { problems } = data;
  const problemsAt = useCallback((path: Path) => problems.filter((each) => startsWith(each.path, path)), [problems]);
  return useMemo(
    () => ({
      definitions: data.definitions,
      published: data.published,
      edit,
      undo,
      redo,
      canUndo: data.undos.length > 0,
      canRedo: data.redos.length > 0,
      problemsAt,
      problems,
      saving: data.saving,
      revision: data.revision,
      id: data.id,
    }),
    [data, edit, undo, redo, problemsAt, problems],
  );
}
