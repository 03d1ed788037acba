import { useLanguage } from "@/i18n/useLanguage";
import { formatNumber } from "@/model/format";
import styles from "./Imports.module.css";

export interface Figure {
  label: string;
  value: number;
  kind?: "good" | "bad" | undefined;
}

export function Figures({ figures }: { figures: Figure[] }) {
  const language = useLanguage();
  return (
    <div className={styles.figures}>
      {figures.map((figure) => (
        <div key={figure.label} className={styles.figure} data-kind={figure.kind}>
          <strong>{formatNumber(figure.value, language)}</strong>
          <span>{figure.label}</span>
        </div>
      ))}
    </div>
  );
}
