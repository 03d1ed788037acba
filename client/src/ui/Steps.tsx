import styles from "./Steps.module.css";

interface StepsProps {
  label: string;
  steps: readonly string[];
  /** The number of the step that one is at. */
  at: number;
}

/** The steps of something that is done one after the other, and how far one is. */
export function Steps({ label, steps, at }: StepsProps) {
  return (
    <ol className={styles.steps} aria-label={label}>
      {steps.map((each, index) => (
        <li key={each} aria-current={index === at ? "step" : undefined} data-past={index < at}>
          <i>{index + 1}</i>
          <span>{each}</span>
        </li>
      ))}
    </ol>
  );
}
