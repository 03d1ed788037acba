import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition, RecordRow, ViewDefinition } from "@/api/types";
import { fieldViews } from "@/fields/registry";
import { Shown } from "@/fields/Shown";
import { fieldColour, rowColour } from "@/model/looks";
import { classes } from "@/ui/classes";
import { colourVariables, Skeleton } from "@/ui/surfaces";
import styles from "./Grid.module.css";
import type { Frozen } from "./useFrozen";

interface GridRowProps {
  row: RecordRow | undefined;
  index: number;
  fields: FieldDefinition[];
  frozen: Frozen;
  look: ViewDefinition | undefined;
  /** Column the keyboard is on, in this row. */
  activeColumn: number | null;
  /** The columns of this row that are chosen, from and to; -1 where none is. */
  chosenFrom: number;
  chosenTo: number;
  /** What stands against values that were pasted here, by field. */
  problems: ReadonlyMap<string, string> | undefined;
  isSelected: boolean;
  canSelect: boolean;
  idPrefix: string;
  onSelect: (row: RecordRow, on: boolean) => void;
  onEdit: (row: number, column: number) => void;
}

const paintOf = (colour: string | null) => (colour ? colourVariables(colour) : {});

function RowPart(props: GridRowProps) {
  const { row, index, fields, frozen, look, activeColumn, chosenFrom, chosenTo, problems, isSelected } = props;
  const { canSelect, idPrefix, onSelect, onEdit } = props;
  const { t } = useTranslation("records");
  const paint = rowColour(look, row);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classes(styles.row, styles.line, paint && styles.painted)}
      style={paint ? colourVariables(paint) : undefined}
    >
      <div role="gridcell" className={classes(styles.cell, styles.check)}>
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
          style={{ ...frozen(column).style, ...paintOf(fieldColour(look, row, field.key)) }}
          className={classes(
            styles.cell,
            column === 0 && styles.title,
            frozen(column).className,
            fieldColour(look, row, field.key) && styles.paint,
            fieldViews[field.type].align === "end" && styles.end,
            activeColumn === column && styles.active,
            column >= chosenFrom && column <= chosenTo && styles.chosen,
            problems?.has(field.key) && styles.refused,
          )}
          title={problems?.get(field.key)}
          aria-invalid={problems?.has(field.key) || undefined}
          onDoubleClick={() => onEdit(index, column)}
        >
          {!row && <Skeleton width="60%" />}
          {row && column === 0 && (
            <Link tabIndex={-1} to="/e/$entity/$id" params={{ entity: row.entity, id: row.id }}>
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
