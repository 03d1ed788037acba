/** A field of the draft as the editors of fields know fields. */
import type { FieldDefinition, FieldTypeKey, Json } from "@/api/types";
import type { Definitions, Field, Option } from "@/api/types/studio";
import { labelText } from "./labels";

/** Its options are those of the draft, its name in the reader's language. */
export function fieldDefinition(definitions: Definitions, field: Field, language: string): FieldDefinition {
  const { set, ...options } = (field.options ?? {}) as Record<string, Json>;
  const named = definitions.option_sets?.find((each) => each.key === set)?.options;
  const inline = named ?? (Array.isArray(options.options) ? (options.options as unknown as Option[]) : undefined);
  const choices = inline?.map((each) => ({
    key: each.key,
    label: labelText(each.label, language) || each.key,
    colour: each.colour ?? "grey",
    retired: each.retired ?? false,
  }));
  return {
    key: field.key,
    label: labelText(field.label, language) || field.key,
    type: field.type as FieldTypeKey,
    options: (choices ? { ...options, options: choices } : options) as Record<string, Json>,
    required: false,
    unique: false,
    help: null,
    access: "write",
    operators: [],
    is_computed: false,
    sortable: false,
  };
}
