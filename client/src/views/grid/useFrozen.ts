import { useMemo } from "react";
import styles from "./Grid.module.css";

/** Columns at the left that stay in sight: their class and place, by index. */
export type Frozen = (index: number) => { className: string | undefined; style: { left: number } | undefined };

export function useFrozen(count: number, offsets: number[]): Frozen {
  const key = offsets.slice(0, count).join(",");
  return useMemo(() => {
    const lefts = key === "" ? [] : key.split(",").map(Number);
    return (index) => {
      const left = lefts[index];
      if (left === undefined) return { className: undefined, style: undefined };
      const isLast = index === lefts.length - 1;
      return { className: isLast ? `${styles.frozen} ${styles.frozenEnd}` : styles.frozen, style: { left } };
    };
  }, [key]);
}
