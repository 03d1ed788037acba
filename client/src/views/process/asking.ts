/** Which fields the dialog of a move shows. Pure. */
import type { FieldDefinition, Problem } from "@/api/types";

/** The action and the remark, which belong to the move and not to the record. */
export const PLACES: readonly string[] = ["action", "remark"];

/** What a problem is about: a field of the record, or one of the places of the move. */
export function placeOf(problem: Problem): string {
  const path = problem.path[0] === "values" ? problem.path.slice(1) : problem.path;
  return String(path[0] ?? "");
}

/**
 * The fields that the move demands, then those that a rule asks for as things stand (payment days once it is paid in
 * instalments), which stay once they were filled in.
 */
export function askedFields(
  required: readonly string[],
  problems: readonly Problem[],
  filled: readonly string[],
  field: (key: string) => FieldDefinition | undefined,
): FieldDefinition[] {
  const named = problems.map(placeOf).filter((key) => !PLACES.includes(key));
  return [...new Set([...required, ...named, ...filled])].flatMap((key) => {
    const found = field(key);
    if (!found) return [];
    return required.includes(key) || (found.access === "write" && !found.is_computed) ? found : [];
  });
}
