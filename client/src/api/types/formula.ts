import type { Id, Problem } from "./common";

/** What a formula's value is. */
export type ValueName =
  | "text"
  | "number"
  | "bool"
  | "date"
  | "datetime"
  | "text_list"
  | "record"
  | "record_list"
  | "none";

/** Type that the place of a formula needs. */
export type ExpectedValue = "any" | Exclude<ValueName, "none">;

export interface FormulaFunction {
  name: string;
  family: string;
  family_label: string;
  signature: string;
  description: string;
  example: string;
  result: ValueName | null;
}

export interface FormulaName {
  key: string;
  /** All that the field answers to, its Chinese label first. */
  names: string[];
  label: string;
  type: ValueName;
  target: string | null;
  many: boolean;
  choices: { key: string; label: string }[];
}

export interface FormulaEntity {
  key: string;
  label: string;
  fields: FormulaName[];
}

export interface FormulaQuestion {
  entity: string;
  text: string;
  expects: ExpectedValue;
  field: string | null;
  changed_allowed: boolean;
}

export interface FormulaSample {
  record: Id;
  title: string;
  text: string | null;
}

export interface FormulaAnswer {
  type: ValueName | null;
  type_label: string | null;
  problems: Problem[];
  samples: FormulaSample[];
  note: string | null;
}
