import { TextProperty } from "./PropertyPanel";

export interface FormulaInputProps {
  entity: string;
  label: string;
  value: string;
  onChange: (formula: string) => void;
  /** The type of value that the place needs: bool, text, number, … */
  expects?: string | undefined;
  help?: string | undefined;
  problem?: string | null | undefined;
}

/** A formula as text. */
export function FormulaInput({ label, value, onChange, help, problem }: FormulaInputProps) {
  return <TextProperty label={label} value={value} onChange={onChange} help={help} problem={problem} rows={2} />;
}
