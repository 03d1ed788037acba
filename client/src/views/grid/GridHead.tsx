import { ArrowDown, ArrowUp } from "lucide-react";
import { type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition, Sort } from "@/api/types";
import { fieldViews } from "@/fields/registry";
import { classes } from "@/ui/classes";
import styles from "./Grid.module.css";
import type { Frozen } from "./useFrozen";

interface HeadProps {
  frozen: Frozen;
  fields: FieldDefinition[];
  sort: Sort[];
  sizes: number[];
  canSelect: boolean;
  isAllSelected: boolean;
  onSelectAll: (on: boolean) => void;
  onSort: (field: string, isAdding: boolean) => void;
  onResize: (field: string, width: number) => void;
  /** Puts a column before another one. */
  onMove: (field: string, before: string) => void;
}

function ResizeHandle({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const move = (event: PointerEvent) => {
    if (start.current) onResize(Math.max(64, start.current.width + event.clientX - start.current.x));
  };
  return (
    <span
      className={styles.resize}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={move}
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
}

/** Dragging a column by its name: a few pixels make it a drag, less is a click. */
function useColumnDrag(onMove: HeadProps["onMove"]) {
  const start = useRef<{ field: string; x: number } | null>(null);
  const [drag, setDrag] = useState<{ field: string; over: string } | null>(null);
  const wasDrag = useRef(false);
  return {
    drag,
    /** True right after a drag, whose end is no click. */
    takeDrag: () => {
      const was = wasDrag.current;
      wasDrag.current = false;
      return was;
    },
    handlers: (field: string) => ({
      onPointerDown: (event: PointerEvent) => {
        if (event.button === 0 && event.pointerType !== "touch") start.current = { field, x: event.clientX };
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (!start.current || (!drag && Math.abs(event.clientX - start.current.x) < 8)) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const head = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[data-column]");
        setDrag({ field: start.current.field, over: head?.dataset.column ?? start.current.field });
      },
      onPointerUp: () => {
        wasDrag.current = drag !== null;
        if (drag && drag.over !== drag.field) onMove(drag.field, drag.over);
        start.current = null;
        setDrag(null);
      },
    }),
  };
}

export function GridHead(props: HeadProps) {
  const { fields, frozen, sort, sizes, canSelect, isAllSelected, onSelectAll, onSort, onResize, onMove } = props;
  const { t } = useTranslation("records");
  const { drag, takeDrag, handlers } = useColumnDrag(onMove);
  return (
    <div role="row" aria-rowindex={1} className={classes(styles.row, styles.head)}>
      <div role="columnheader" className={classes(styles.cell, styles.check)}>
        {canSelect && (
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t("list.selectAll")}
            checked={isAllSelected}
            onChange={(event) => onSelectAll(event.target.checked)}
          />
        )}
      </div>
      {fields.map((field, index) => {
        const at = sort.findIndex((each) => each.field === field.key);
        const view = fieldViews[field.type];
        const order = at < 0 ? "none" : sort[at]?.descending ? "descending" : "ascending";
        return (
          <div
            key={field.key}
            role="columnheader"
            aria-colindex={index + 2}
            aria-sort={order}
            data-column={field.key}
            style={frozen(index).style}
            className={classes(
              styles.cell,
              styles.header,
              index === 0 && styles.title,
              frozen(index).className,
              view.align === "end" && styles.end,
              drag?.field === field.key && styles.moving,
              drag && drag.over === field.key && drag.field !== field.key && styles.dropBefore,
            )}
          >
            <button
              type="button"
              tabIndex={-1}
              className={styles.sort}
              aria-disabled={!field.sortable}
              title={field.label}
              {...handlers(field.key)}
              onClick={(event) => !takeDrag() && field.sortable && onSort(field.key, event.shiftKey)}
            >
              <span>{field.label}</span>
              {order === "ascending" && <ArrowUp size={13} />}
              {order === "descending" && <ArrowDown size={13} />}
            </button>
            <ResizeHandle width={sizes[index] ?? view.width} onResize={(width) => onResize(field.key, width)} />
          </div>
        );
      })}
    </div>
  );
}
