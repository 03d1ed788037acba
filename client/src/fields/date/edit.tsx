import { DatePicker } from "antd";
import dayjs from "dayjs";
import type { KeyboardEvent } from "react";
import { instantOf, wallClock } from "@/model/format";
import { MomentFilter } from "../filters/MomentFilter";
import type { EditProps, FieldEditor } from "../module";

const DAY = "YYYY-MM-DD";

/** Enter takes the date that was typed; it does not send the form as well. */
const keepInForm = (event: KeyboardEvent<HTMLElement>) => {
  if (event.key === "Enter") event.preventDefault();
};

function DateEdit({ value, onChange, ids }: EditProps) {
  return (
    <DatePicker
      {...ids}
      style={{ width: "100%" }}
      onKeyDown={keepInForm}
      format={DAY}
      value={typeof value === "string" && value ? dayjs(value) : null}
      status={ids["aria-invalid"] ? "error" : ""}
      onChange={(day) => onChange(day ? day.format(DAY) : null)}
    />
  );
}

function DateTimeEdit({ value, onChange, ids }: EditProps) {
  return (
    <DatePicker
      {...ids}
      style={{ width: "100%" }}
      onKeyDown={keepInForm}
      showTime={{ format: "HH:mm" }}
      format="YYYY-MM-DD HH:mm"
      value={typeof value === "string" && value ? dayjs(wallClock(value)) : null}
      status={ids["aria-invalid"] ? "error" : ""}
      onChange={(at) => onChange(at ? instantOf(at.format("YYYY-MM-DDTHH:mm")) : null)}
    />
  );
}

export const date: FieldEditor = { Edit: DateEdit, Filter: MomentFilter };
export const dateTime: FieldEditor = { Edit: DateTimeEdit, Filter: MomentFilter };
