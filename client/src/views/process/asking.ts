/** Which fields the dialog of a move shows. Pure. */
import type { FieldDefinition, Problem } from "@/api/types";
import { placeOf } from "@/model/problems";

/** The action and the remark, which belong to the move and not to the record. */
export const PLACES: readonly string[] = ["action", "remark"];

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
