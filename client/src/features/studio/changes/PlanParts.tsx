import { useTranslation } from "react-i18next";
import type { PlanStep, PlanTouch } from "@/api/types/studio";
import { Tag } from "@/ui/surfaces";
import styles from "./Changes.module.css";

const RISK_COLOURS: Record<string, string> = { none: "green", rows: "blue", lock: "gold", loss: "red" };
const RISK_ORDER = ["loss", "lock", "rows", "none"];

type Risk = "none" | "rows" | "lock" | "loss";

/** What a plan does, the most dangerous first. */
export function Steps({ steps }: { steps: PlanStep[] }) {
  const { t } = useTranslation("studio");
  const sorted = steps.toSorted((one, other) => RISK_ORDER.indexOf(one.risk) - RISK_ORDER.indexOf(other.risk));
  return (
    <ul className={styles.list}>
      {sorted.map((step) => (
        <li
          key={`${step.kind}/${step.entity}/${step.field}/${step.text}`}
          data-risk={step.risk}
          className={styles.step}
        >
          <span>{step.text}</span>
          <span className={styles.marks}>
            {step.rows ? <small>{t("changes.rows", { count: step.rows })}</small> : null}
            {step.risk !== "none" && (
              <Tag colour={RISK_COLOURS[step.risk]}>{t(`changes.risks.${step.risk as Risk}`)}</Tag>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The places that use what a plan changes. */
export function Touches({ touches }: { touches: PlanTouch[] }) {
  const texts = [...new Set(touches.map((touch) => touch.text))];
  return (
    <ul className={styles.touches}>
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
