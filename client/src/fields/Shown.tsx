import type { FieldDefinition, RecordRow } from "@/api/types";
import { fieldValue } from "@/model/values";
import { fieldViews } from "./registry";

interface ShownProps {
  field: FieldDefinition;
  row: RecordRow;
  /** With all the room of a record's page. */
  isFull?: boolean;
}

/** A field's value on a record, by its type. */
export function Shown({ field, row, isFull }: ShownProps) {
  const view = fieldViews[field.type];
  const Part = isFull ? (view.Full ?? view.Cell) : view.Cell;
  return <Part field={field} value={fieldValue(row, field.key)} display={row.display[field.key]} row={row} />;
}
