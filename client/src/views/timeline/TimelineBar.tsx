import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordRow } from "@/api/types";
import type { useDates } from "../kinds/useDates";
import styles from "./Timeline.module.css";

type Part = "both" | "start" | "end";

interface BarProps {
  row: RecordRow;
  name: string;
  left: number;
  width: number;
  unit: number;
  hasEnd: boolean;
  done: number | null;
  colours: Record<string, string>;
  dates: ReturnType<typeof useDates>;
}

/** A bar: dragged as a whole or by an end; Alt and the arrows move it by a day, with Shift its end alone. */
export function TimelineBar({ row, name, left, width, unit, hasEnd, done, colours, dates }: BarProps) {
  const { t } = useTranslation("views");
  const start = useRef<{ x: number; part: Part } | null>(null);
  const [shift, setShift] = useState<{ part: Part; days: number } | null>(null);
  const mayMove = dates.mayMove(row);
  const days = shift?.days ?? 0;
  const moved = {
    left: left + (shift && shift.part !== "end" ? days * unit : 0),
    width: Math.max(unit, width + (shift?.part === "end" ? days * unit : shift?.part === "start" ? -days * unit : 0)),
  };
  const take = (part: Part) => (event: PointerEvent) => {
    if (!mayMove || event.button !== 0) return;
    event.stopPropagation();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, part };
  };
  const drag = (event: PointerEvent) => {
    if (!start.current) return;
    setShift({ part: start.current.part, days: Math.round((event.clientX - start.current.x) / unit) });
  };
  const drop = () => {
    if (shift && shift.days !== 0) dates.move(row, shift.days, shift.part);
    start.current = null;
    setShift(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!event.altKey || by === 0 || !mayMove) return;
    event.preventDefault();
    dates.move(row, by, event.shiftKey && hasEnd ? "end" : "both");
  };
  const handlers = { onPointerMove: drag, onPointerUp: drop, onPointerCancel: drop };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a bar with two handles inside cannot be a button
    <div
      className={styles.barBox}
      role="button"
      tabIndex={0}
      aria-label={mayMove ? t("timeline.bar", { title: name }) : name}
      data-moving={shift !== null}
      data-point={!hasEnd}
      data-free={mayMove}
      style={{ ...colours, ...moved }}
      onKeyDown={onKeyDown}
      onPointerDown={take("both")}
      {...handlers}
    >
      {done !== null && <i className={styles.done} style={{ width: `${done * 100}%` }} />}
      <span className={styles.barText}>{name}</span>
      {shift && days !== 0 && (
        <b className={styles.shift}>{t("timeline.days", { days: `${days > 0 ? "+" : ""}${days}` })}</b>
      )}
      {mayMove && hasEnd && (
        <>
          <i className={styles.handle} data-side="start" onPointerDown={take("start")} {...handlers} />
          <i className={styles.handle} data-side="end" onPointerDown={take("end")} {...handlers} />
        </>
      )}
    </div>
  );
}
