/** Places of definitions in words. */
import type { Definitions, Label } from "@/api/types/studio";
import type { Language } from "@/i18n";
import { identityOf } from "../draft/ops";
import { labelText } from "./values";

/** The labels of the named things that a path leads through, from the outside in; the last setting as it is written. */
export function placeName(definitions: Definitions, path: readonly (string | number)[], language: Language): string {
  const words: string[] = [];
  let at: unknown = definitions;
  for (const segment of path) {
    if (Array.isArray(at)) {
      const name = String(segment);
      at = at.find((each) => identityOf(each) === name) ?? at[Number(segment)];
      const label = (at as { label?: Label } | undefined)?.label;
      if (label) words.push(labelText(label, language, name));
    } else at = (at as Record<string, unknown> | undefined)?.[String(segment)];
  }
  return words.join(" › ") || path.slice(1).join(" › ");
}
