import { useDraft } from "../draft/useDraft";

/** The draft's revision: what formulas may name changes with it. */
export function useRevision(): number {
  return useDraft().revision;
}
