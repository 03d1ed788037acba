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
      const item = at as { label?: Label; entity?: string } | undefined;
      // permissions have no name of their own: they are those on a form
      const label = item?.label ?? definitions.entities?.find((each) => each.key === item?.entity)?.label;
      if (label) words.push(labelText(label, language, name));
    } else at = (at as Record<string, unknown> | undefined)?.[String(segment)];
  }
  return words.join(" › ") || path.slice(1).join(" › ");
}
