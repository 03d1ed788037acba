import { Select } from "antd";
import { FieldFrame } from "@/ui/controls";

export interface ManyProps {
  label: string;
  value: readonly string[] | undefined;
  options: { value: string; label: string }[];
  onChange: (value: string[] | undefined) => void;
  help?: string;
  placeholder?: string;
  problem?: string | null;
}

/** Several of a list; an empty choice is none. */
export function ManyChoice({ label, value, options, onChange, help, placeholder, problem }: ManyProps) {
  return (
    <FieldFrame label={label} help={help} error={problem ?? null}>
      {(ids) => (
        <Select
          id={ids.id}
          aria-label={label}
          mode="multiple"
          allowClear
          style={{ width: "100%" }}
          value={[...(value ?? [])]}
          options={options}
          optionFilterProp="label"
          placeholder={placeholder}
          onChange={(chosen: string[]) => onChange(chosen.length > 0 ? chosen : undefined)}
        />
      )}
    </FieldFrame>
  );
}
