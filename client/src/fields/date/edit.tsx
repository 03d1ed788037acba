import { MomentFilter } from "../filters/MomentFilter";
import type { EditProps, FieldEditor } from "../module";
import { DayPicker, MomentPicker } from "./pickers";

const textOf = (value: EditProps["value"]) => (typeof value === "string" ? value : null);

function DateEdit({ value, onChange, ids }: EditProps) {
  return <DayPicker ids={ids} value={textOf(value)} onChange={onChange} />;
}

function DateTimeEdit({ value, onChange, ids }: EditProps) {
  return <MomentPicker ids={ids} value={textOf(value)} onChange={onChange} />;
}

export const date: FieldEditor = { Edit: DateEdit, Filter: MomentFilter };
export const dateTime: FieldEditor = { Edit: DateTimeEdit, Filter: MomentFilter };
