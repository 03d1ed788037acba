import { CircleAlert, CircleCheck, LoaderCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FormulaAnswer, Problem } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import type { Offered } from "./completion";
import styles from "./Formula.module.css";
import { callAt } from "./place";
import type { Verdict as Found } from "./useFormula";

interface VerdictProps {
  id: string;
  verdict: Found;
  isEmpty: boolean;
  before: string;
  offered: Offered | null;
  onGoTo: (problem: Problem) => void;
}

/** What is wrong with a formula and where, or what type it gives; spoken by screen readers once writing pauses. */
export function Verdict({ id, verdict, isEmpty, before, offered, onGoTo }: VerdictProps) {
  const { t } = useTranslation("formula");
  const errorText = useErrorText();
  const call = callAt(before);
  const item = call && offered?.functions.find((each) => each.name === call.name);
  return (
    <div className={styles.verdict}>
      <div id={id} role="status" aria-live="polite">
        {verdict.error && <p className={styles.bad}>{errorText(verdict.error)}</p>}
        {verdict.problems.map((problem) => (
          <p key={`${problem.code}${JSON.stringify(problem.params)}`} className={styles.bad}>
            <CircleAlert size={14} aria-hidden="true" />
            <span>{problem.message}</span>
            <button type="button" className={styles.goTo} onClick={() => onGoTo(problem)}>
              {t("goTo", { at: Number(problem.params?.position ?? 0) + 1 })}
            </button>
          </p>
        ))}
        {!isEmpty && verdict.isChecking && (
          <p className={styles.quiet}>
            <LoaderCircle size={14} aria-hidden="true" />
            {t("checking")}
          </p>
        )}
        {!isEmpty && !verdict.isChecking && verdict.problems.length === 0 && verdict.answer?.type && (
          <p className={styles.good}>
            <CircleCheck size={14} aria-hidden="true" />
            {t("gives", { type: verdict.answer.type_label })}
          </p>
        )}
      </div>
      {item && (
        <p className={styles.signature}>
          <code>{item.signature}</code> {item.description}
        </p>
      )}
    </div>
  );
}

/** What the formula gives on the newest records. */
export function Samples({ answer, isOld }: { answer: FormulaAnswer | undefined; isOld: boolean }) {
  const { t } = useTranslation("formula");
  if (!answer || answer.problems.length > 0) return null;
  return (
    <div className={styles.samples} data-old={isOld || undefined}>
      {answer.samples.length > 0 && (
        <table aria-label={t("samples")}>
          <thead>
            <tr>
              <th scope="col">{t("record")}</th>
              <th scope="col">{t("result")}</th>
            </tr>
          </thead>
          <tbody>
            {answer.samples.map((sample) => (
              <tr key={sample.record}>
                <td>{sample.title || t("untitled")}</td>
                <td>{sample.text ?? <em>{t("empty")}</em>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {answer.note && <p className={styles.quiet}>{answer.note}</p>}
    </div>
  );
}
