/** Pairs of fields that can narrow a relation: one of the form itself, one of the form that the relation leads to. */
import type { Definitions, Entity, Field } from "@/api/types/studio";
import { entityOf } from "../fieldOps";

export interface Pair {
  own: Field;
  by: Field;
}

/** What a field's value means; two fields can be compared where they mean the same. */
function meaning(field: Field): string | null {
  if (field.options?.multiple) return null;
  if (field.type === "relation") return `relation ${field.options?.target}`;
  if (field.type === "single_select") return field.options?.set ? `set ${field.options.set}` : null;
  return field.type === "user" || field.type === "department" ? field.type : null;
}

export function pairsOf(definitions: Definitions, entity: Entity, relation: Field): Pair[] {
  const target = entityOf(definitions, String(relation.options?.target ?? ""));
  const others = entity.fields.filter((each) => each.key !== relation.key && meaning(each) !== null);
  return others.flatMap((own) =>
    (target?.fields ?? []).filter((by) => meaning(by) === meaning(own)).map((by) => ({ own, by })),
  );
}
