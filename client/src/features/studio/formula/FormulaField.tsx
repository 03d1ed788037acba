import { lazy, Suspense } from "react";
import type { ExpectedValue } from "@/api/types";
import { Skeleton } from "@/ui/surfaces";
import styles from "./Formula.module.css";

export interface FormulaFieldProps {
  /** The entity whose records the formula is evaluated on. */
  entity: string;
  /** As it is kept in definitions; "" for none. */
  value: string;
  onChange: (value: string) => void;
  expects?: ExpectedValue;
  label: string;
  /** Key of the field that takes the result: its type is checked. */
  field?: string | undefined;
  /** Whether CHANGED and PREVIOUS make sense here (rules, set_when, effects). */
  changed?: boolean;
  help?: string | undefined;
  /** What stands in the empty box. */
  hint?: string | undefined;
}

const Editor = lazy(() => import("./FormulaBox").then((found) => ({ default: found.FormulaBox })));

/** A formula with completion, errors under the character, and results on real records; its editor loads when it is first shown. */
export function FormulaField(props: FormulaFieldProps) {
  return (
    <Suspense
      fallback={
        <div className={styles.waiting} aria-hidden="true">
          <Skeleton />
        </div>
      }
    >
      <Editor {...props} />
    </Suspense>
  );
}
