import { Maximize2 } from "lucide-react";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import styles from "./Formula.module.css";
import { FormulaDialog } from "./FormulaDialog";
import type { FormulaFieldProps } from "./FormulaField";
import { FormulaText, type FormulaTextHandle } from "./FormulaText";
import { useOffered, useVerdict } from "./useFormula";
import { useShown } from "./useShown";
import { Samples, Verdict } from "./Verdict";

/** A formula among other properties: the box, what is wrong below it, results on request, and a large editor. */
export function FormulaBox(props: FormulaFieldProps) {
  const { label, help, hint } = props;
  const { t } = useTranslation("formula");
  const id = useId();
  const offered = useOffered(props);
  const { shown, write } = useShown(props, offered);
  const verdict = useVerdict(shown, props);
  const [before, setBefore] = useState("");
  const [isLarge, setIsLarge] = useState(false);
  const box = useRef<FormulaTextHandle>(null);
  const isEmpty = shown.trim() === "";
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <span className={styles.label}>{label}</span>
        <Button small kind="link" icon={<Maximize2 size={13} />} onClick={() => setIsLarge(true)}>
          {t("open")}
        </Button>
      </div>
      <FormulaText
        ref={box}
        text={shown}
        onText={write}
        onCursor={setBefore}
        offered={offered}
        problems={verdict.problems}
        label={label}
        hint={hint ?? t("hint")}
        describedBy={id}
      />
      <Verdict
        id={id}
        verdict={verdict}
        isEmpty={isEmpty}
        before={before}
        offered={offered}
        onGoTo={(problem) => box.current?.goTo(problem)}
      />
      {!isEmpty && verdict.problems.length === 0 && verdict.answer && (
        <details className={styles.more}>
          <summary>{t("samples")}</summary>
          <Samples answer={verdict.answer} isOld={verdict.isChecking} />
        </details>
      )}
      {help && <p className={styles.quiet}>{help}</p>}
      {isLarge && <FormulaDialog {...props} onClose={() => setIsLarge(false)} />}
    </div>
  );
}
