import { Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { ConditionRows, firstRow } from "./ConditionRows";
import { type ConditionTarget, readConditions, type SimpleConditions, writeConditions } from "./conditions";
import { FormulaInput } from "./FormulaInput";
import { ProblemText } from "./PropertyPanel";
import styles from "./parts.module.css";

interface ConditionFieldProps {
  entity: string;
  label: string;
  /** The formula; undefined or empty: no condition. */
  value: string | null | undefined;
  onChange: (formula: string | undefined) => void;
  targets: readonly ConditionTarget[];
  /** What holds without a condition: "always shown". */
  none: string;
  help?: string | undefined;
  problem?: string | null | undefined;
}

/** When something holds: rows that anybody can read, or a formula for what rows cannot say. */
export function ConditionField(props: ConditionFieldProps) {
  const { entity, label, value, onChange, targets, none, help, problem } = props;
  const { t } = useTranslation("parts");
  const formula = value ?? "";
  const found = formula ? readConditions(formula, targets) : { all: true, rows: [] };
  const [asFormula, setAsFormula] = useState(false);
  const box = useRef<HTMLFieldSetElement>(null);
  const added = useRef(false);
  useEffect(() => {
    if (!added.current) return;
    added.current = false;
    [...(box.current?.querySelectorAll("select") ?? [])].at(-1)?.focus();
  });
  const save = (next: SimpleConditions) => onChange(writeConditions(next, targets) || undefined);
  const add = () => {
    const row = firstRow(targets);
    added.current = true;
    if (row && found) save({ ...found, rows: [...found.rows, row] });
    else setAsFormula(true);
  };
  const isFormula = asFormula || found === null;
  return (
    <fieldset ref={box} className={styles.condition} style={{ border: 0, margin: 0, padding: 0 }} aria-label={label}>
      <div className={styles.conditionHead}>
        <span aria-hidden="true">{label}</span>
        {!formula && !isFormula && <span>{none}</span>}
      </div>
      {isFormula ? (
        <FormulaInput
          entity={entity}
          label={t("condition.formula", { label })}
          value={formula}
          expects="bool"
          onChange={(text) => onChange(text || undefined)}
        />
      ) : (
        found.rows.length > 0 && <ConditionRows found={found} targets={targets} save={save} />
      )}
      <div className={styles.links}>
        {!isFormula && (
          <Button small kind="quiet" icon={<Plus size={14} />} onClick={add}>
            {t(found.rows.length > 0 ? "condition.addMore" : "condition.add")}
          </Button>
        )}
        {!isFormula && (
          <Button small kind="quiet" onClick={() => setAsFormula(true)}>
            {t("condition.asFormula")}
          </Button>
        )}
        {asFormula && found !== null && (
          <Button small kind="quiet" onClick={() => setAsFormula(false)}>
            {t("condition.asRows")}
          </Button>
        )}
        {isFormula && formula && (
          <Button small kind="quiet" onClick={() => onChange(undefined)}>
            {t("condition.clear")}
          </Button>
        )}
      </div>
      {problem && <ProblemText>{problem}</ProblemText>}
      {help && !problem && <p className={styles.note}>{help}</p>}
    </fieldset>
  );
}
