import { Link } from "@tanstack/react-router";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition, RecordRow } from "@/api/types";
import { fieldViews } from "@/fields/registry";
import { Shown } from "@/fields/Shown";
import { classes } from "@/ui/classes";
import { Skeleton } from "@/ui/surfaces";
import styles from "./Grid.module.css";

const DOUBLE_CLICK_MS = 220;

interface GridRowProps {
  row: RecordRow | undefined;
  index: number;
  fields: FieldDefinition[];
  /** Column the keyboard is on, in this row. */
  activeColumn: number | null;
  isSelected: boolean;
  canSelect: boolean;
  idPrefix: string;
  onSelect: (row: RecordRow, on: boolean) => void;
  onOpen: (row: RecordRow) => void;
  onEdit: (row: number, column: number) => void;
}

function RowPart(props: GridRowProps) {
  const { row, index, fields, activeColumn, isSelected, canSelect, idPrefix, onSelect, onOpen, onEdit } = props;
  const { t } = useTranslation("records");
  // A click opens the record, a double click changes the cell: the first waits to see whether a second follows.
  const opening = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(opening.current), []);
  const openSoon = (clicked: RecordRow) => {
    clearTimeout(opening.current);
    opening.current = setTimeout(() => onOpen(clicked), DOUBLE_CLICK_MS);
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classes(styles.row, styles.line)}
      onClick={() => row && openSoon(row)}
    >
      <div role="gridcell" className={classes(styles.cell, styles.check)} onClick={(event) => event.stopPropagation()}>
        {row && canSelect && (
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t("list.selectRow", { title: row.title })}
            checked={isSelected}
            onChange={(event) => onSelect(row, event.target.checked)}
          />
        )}
      </div>
      {fields.map((field, column) => (
        <div
          key={field.key}
          id={`${idPrefix}-${index}-${column}`}
          role="gridcell"
          aria-colindex={column + 2}
          className={classes(
            styles.cell,
            column === 0 && styles.title,
            fieldViews[field.type].align === "end" && styles.end,
            activeColumn === column && styles.active,
          )}
          onDoubleClick={(event) => {
            event.stopPropagation();
            clearTimeout(opening.current);
            onEdit(index, column);
          }}
        >
          {!row && <Skeleton width="60%" />}
          {row && column === 0 && (
            <Link
              tabIndex={-1}
              to="/e/$entity/$id"
              params={{ entity: row.entity, id: row.id }}
              onClick={(event) => event.stopPropagation()}
            >
              <Shown field={field} row={row} />
            </Link>
          )}
          {row && column > 0 && <Shown field={field} row={row} />}
        </div>
      ))}
    </div>
  );
}

export const GridRow = memo(RowPart);
