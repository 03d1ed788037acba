import { ArrowDown, ArrowUp } from "lucide-react";
import { type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition, Sort } from "@/api/types";
import { fieldViews } from "@/fields/registry";
import { classes } from "@/ui/classes";
import styles from "./Grid.module.css";

interface HeadProps {
  fields: FieldDefinition[];
  sort: Sort[];
  widths: Record<string, number>;
  canSelect: boolean;
  isAllSelected: boolean;
  onSelectAll: (on: boolean) => void;
  onSort: (field: string, isAdding: boolean) => void;
  onResize: (field: string, width: number) => void;
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

export function GridHead({ fields, sort, widths, canSelect, isAllSelected, onSelectAll, onSort, onResize }: HeadProps) {
  const { t } = useTranslation("records");
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
            className={classes(
              styles.cell,
              styles.header,
              index === 0 && styles.title,
              view.align === "end" && styles.end,
            )}
          >
            <button
              type="button"
              tabIndex={-1}
              className={styles.sort}
              disabled={!field.sortable}
              title={field.label}
              onClick={(event) => onSort(field.key, event.shiftKey)}
            >
              <span>{field.label}</span>
              {order === "ascending" && <ArrowUp size={13} />}
              {order === "descending" && <ArrowDown size={13} />}
            </button>
            <ResizeHandle width={widths[field.key] ?? view.width} onResize={(width) => onResize(field.key, width)} />
          </div>
        );
      })}
    </div>
  );
}
