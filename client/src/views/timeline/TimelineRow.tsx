import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { FieldDefinition, RecordRow, ViewDefinition } from "@/api/types";
import { Shown } from "@/fields/Shown";
import { useCatalogue } from "@/fields/useCatalogue";
import { shownAs } from "@/model/catalogue";
import { toNumber } from "@/model/format";
import { nameOf, optionColour, rowColour } from "@/model/looks";
import { fieldValue, sameValue } from "@/model/values";
import { dayNumber } from "@/model/windows";
import { colourVariables, Skeleton } from "@/ui/surfaces";
import { dayIn, type useDates } from "../kinds/useDates";
import styles from "./Timeline.module.css";
import { TimelineBar } from "./TimelineBar";

interface RowProps {
  row: RecordRow | undefined;
  /** The row above, to tell where a lane begins. */
  before: RecordRow | undefined;
  lane: FieldDefinition | undefined;
  view: ViewDefinition;
  /** Pixels of a day. */
  unit: number;
  left: (day: number) => number;
  names: number;
  dates: ReturnType<typeof useDates>;
}

/** How much of a bar is done: a share, or points out of a hundred. */
function doneOf(field: FieldDefinition | undefined, row: RecordRow): number | null {
  const value = field ? toNumber(fieldValue(row, field.key)) : null;
  if (value === null || !field) return null;
  const most = shownAs(field).type === "percent" ? 1 : 100;
  return Math.max(0, Math.min(1, value / most));
}

function RowPart({ row, before, lane, view, unit, left, names, dates }: RowProps) {
  const catalogue = useCatalogue();
  const settings = view.timeline;
  if (!row || !settings)
    return (
      <div className={styles.row}>
        <div className={styles.name}>
          <Skeleton width="60%" />
        </div>
      </div>
    );
  const from = dayIn(fieldValue(row, settings.start));
  const to = settings.end ? dayIn(fieldValue(row, settings.end)) : null;
  const isFirst =
    lane !== undefined && (!before || !sameValue(fieldValue(before, lane.key), fieldValue(row, lane.key)));
  const first = from ? dayNumber(from) : null;
  const last = first === null ? null : Math.max(first, to ? dayNumber(to) : first);
  const colour = rowColour(view, row) ?? optionColour(catalogue, row, settings.colour) ?? "blue";
  return (
    <div className={styles.row} data-first={isFirst}>
      <div className={styles.name}>
        <Link to="/e/$entity/$id" params={{ entity: row.entity, id: row.id }}>
          {nameOf(row, settings.title)}
        </Link>
        {isFirst && lane && (
          <small>
            <Shown field={lane} row={row} />
          </small>
        )}
      </div>
      {first !== null && last !== null && (
        <TimelineBar
          row={row}
          name={nameOf(row, settings.title)}
          left={left(first) + names}
          width={(last - first + 1) * unit}
          unit={unit}
          hasEnd={to !== null}
          done={doneOf(settings.progress ? catalogue.field(row.entity, settings.progress) : undefined, row)}
          colours={colourVariables(colour)}
          dates={dates}
        />
      )}
    </div>
  );
}

export const TimelineRow = memo(RowPart);
