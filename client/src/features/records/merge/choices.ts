/** Which fields of records can be chosen when they are merged, and what is chosen at first. */
import type { EntityDefinition, FieldDefinition, RecordRow } from "@/api/types";
import { fieldValue, isEmptyValue, sameValue } from "@/model/values";

export interface FieldChoice {
  field: FieldDefinition;
  differs: boolean;
}

/** Every field that holds something in one of the records; rows of sub-tables come together by themselves. */
export function choicesOf(entity: EntityDefinition, records: RecordRow[]): FieldChoice[] {
  return entity.fields
    .filter((field) => field.access === "write" && !field.is_computed && field.type !== "sub_table")
    .filter((field) => records.some((record) => !isEmptyValue(fieldValue(record, field.key))))
    .map((field) => {
      const first = records[0] ? fieldValue(records[0], field.key) : null;
      return { field, differs: records.some((record) => !sameValue(fieldValue(record, field.key), first)) };
    });
}

/** The value of the record that stays, or where that is empty the first that is not. */
export function startingChoices(fields: FieldChoice[], records: RecordRow[], keep: string): Record<string, string> {
  const holds = (record: RecordRow | undefined, key: string) =>
    record !== undefined && !isEmptyValue(fieldValue(record, key));
  return Object.fromEntries(
    fields.map(({ field }) => {
      const kept = records.find((record) => record.id === keep);
      const other = records.find((record) => holds(record, field.key));
      return [field.key, holds(kept, field.key) ? keep : (other?.id ?? keep)];
    }),
  );
}
