import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import styles from "./Formula.module.css";
import type { FormulaFieldProps } from "./FormulaField";
import { FormulaText, type FormulaTextHandle } from "./FormulaText";
import { writtenName } from "./names";
import { Palette } from "./Palette";
import { useOffered, useVerdict } from "./useFormula";
import { useShown } from "./useShown";
import { Samples, Verdict } from "./Verdict";

/** The large editor: the formula with results beside it, and all fields and functions at hand. */
export function FormulaDialog(props: FormulaFieldProps & { onClose: () => void }) {
  const { label, value, onChange, onClose } = props;
  const { t } = useTranslation(["formula", "common"]);
  const id = useId();
  const offered = useOffered(props);
  const [draft, setDraft] = useState(value);
  const { shown, write } = useShown({ entity: props.entity, value: draft, onChange: setDraft }, offered);
  const verdict = useVerdict(shown, props);
  const [before, setBefore] = useState("");
  const box = useRef<FormulaTextHandle>(null);
  const accept = () => {
    if (draft !== value) onChange(draft);
    onClose();
  };
  return (
    <Dialog
      title={label}
      width={960}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" onClick={accept}>
            {t("use")}
          </Button>
        </>
      }
    >
      <div className={styles.large}>
        <div className={styles.desk}>
          <FormulaText
            ref={box}
            text={shown}
            onText={write}
            onCursor={setBefore}
            offered={offered}
            problems={verdict.problems}
            label={label}
            hint={props.hint ?? t("hint")}
            describedBy={id}
            tall
            autoFocus
          />
          <Verdict
            id={id}
            verdict={verdict}
            isEmpty={shown.trim() === ""}
            before={before}
            offered={offered}
            onGoTo={(problem) => box.current?.goTo(problem)}
          />
          <h3 className={styles.part}>{t("samples")}</h3>
          {verdict.answer && verdict.problems.length === 0 ? (
            <Samples answer={verdict.answer} isOld={verdict.isChecking} />
          ) : (
            <p className={styles.quiet}>{t("samplesLater")}</p>
          )}
        </div>
        {offered && (
          <Palette
            offered={offered}
            onField={(field, entity) => box.current?.insert(`{${writtenName(field, entity)}}`)}
            onFunction={(item) => box.current?.insert(`${item.name}()`, item.signature.endsWith("()") ? 0 : 1)}
          />
        )}
      </div>
    </Dialog>
  );
}
