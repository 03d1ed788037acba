import qrcode from "qrcode-generator";
import styles from "./Print.module.css";

/** An address as a square that a phone's camera reads. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const cells = Array.from({ length: count * count }, (_, at) => [Math.floor(at / count), at % count] as const)
    .filter(([row, column]) => code.isDark(row, column))
    .map(([row, column]) => `M${column + 2} ${row + 2}h1v1h-1z`);
  return (
    <svg className={styles.code} viewBox={`0 0 ${count + 4} ${count + 4}`} role="img" aria-label={label}>
      <rect width="100%" height="100%" className={styles.codePaper} />
      <path d={cells.join("")} className={styles.codeInk} shapeRendering="crispEdges" />
    </svg>
  );
}
