/** What was changed lately on this page, so that it can be taken back: newest last. */

export interface Edit {
  /** What was done, in words. */
  label: string;
  /** Writes the former values back through the normal path; says itself what came of it. */
  undo: () => Promise<void>;
}

const MOST = 50;
let edits: Edit[] = [];

export function rememberEdit(edit: Edit): void {
  edits = [...edits.slice(1 - MOST), edit];
}

/** Takes one edit off the list, the newest where none is named; undefined where it was taken back already. */
export function takeEdit(edit?: Edit): Edit | undefined {
  const found = edit ? edits.find((each) => each === edit) : edits.at(-1);
  edits = edits.filter((each) => each !== found);
  return found;
}

/** Nobody takes back what somebody else did at this browser. */
export function forgetEdits(): void {
  edits = [];
}
