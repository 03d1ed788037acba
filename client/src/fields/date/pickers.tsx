import { DatePicker, TimePicker } from "antd";
import dayjs from "dayjs";
import type { KeyboardEvent } from "react";
import { instantOf, wallClock } from "@/model/format";
import type { ControlIds } from "@/ui/controls";

const DAY = "YYYY-MM-DD";
const TIME = "HH:mm";

interface PickerProps {
  ids?: ControlIds;
  label?: string;
  value: string | null | undefined;
  /** Null where the person cleared it. */
  onChange: (value: string | null) => void;
}

/** Enter takes what was typed; it does not send the form as well. */
const keepInForm = (event: KeyboardEvent<HTMLElement>) => {
  if (event.key === "Enter") event.preventDefault();
};

const shared = ({ ids, label }: PickerProps) => ({
  ...ids,
  ...(label ? { "aria-label": label } : {}),
  style: { width: "100%" },
  onKeyDown: keepInForm,
  status: ids?.["aria-invalid"] ? ("error" as const) : ("" as const),
});

/** A day, as 2026-03-18. */
export function DayPicker(props: PickerProps) {
  return (
    <DatePicker
      {...shared(props)}
      format={DAY}
      value={props.value ? dayjs(props.value) : null}
      onChange={(day) => props.onChange(day ? day.format(DAY) : null)}
    />
  );
}

/** An instant, shown and typed as the workspace's clock has it. */
export function MomentPicker(props: PickerProps) {
  return (
    <DatePicker
      {...shared(props)}
      showTime={{ format: TIME }}
      format={`${DAY} ${TIME}`}
      value={props.value ? dayjs(wallClock(props.value)) : null}
      onChange={(at) => props.onChange(at ? instantOf(at.format(`${DAY}T${TIME}`)) : null)}
    />
  );
}

/** A time of day, as 09:00; it cannot be left empty. */
export function ClockPicker(props: Omit<PickerProps, "onChange"> & { onChange: (value: string) => void }) {
  return (
    <TimePicker
      {...shared({ ...props, onChange: () => undefined })}
      format={TIME}
      allowClear={false}
      needConfirm={false}
      value={props.value ? dayjs(`2000-01-01T${props.value}`) : null}
      onChange={(at) => at && props.onChange(at.format(TIME))}
    />
  );
}
