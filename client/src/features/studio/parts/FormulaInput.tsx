import type { ExpectedValue } from "@/api/types";
import { FormulaField } from "../formula/FormulaField";
import { ProblemText } from "./PropertyPanel";

interface FormulaInputProps {
  entity: string;
  label: string;
  value: string;
  onChange: (formula: string) => void;
  /** The type of value that the place needs. */
  expects?: ExpectedValue | undefined;
  /** Key of the field that takes the result. */
  field?: string | undefined;
  /** Whether CHANGED and PREVIOUS make sense here. */
  changed?: boolean | undefined;
  help?: string | undefined;
  hint?: string | undefined;
  problem?: string | null | undefined;
}

/** A formula among other properties, with what the definitions as a whole say is wrong with it. */
export function FormulaInput({ problem, expects, changed, ...rest }: FormulaInputProps) {
  return (
    <div>
      <FormulaField {...rest} {...(expects ? { expects } : {})} {...(changed ? { changed } : {})} />
      {problem && <ProblemText>{problem}</ProblemText>}
    </div>
  );
}
