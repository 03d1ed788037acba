import { lazy, type ReactNode, Suspense, useCallback, useId, useLayoutEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition, ListQuery, RecordRow, Sort, ViewDefinition } from "@/api/types";
import { OVERSCAN, type Span, scale, scrollToRow, steadySpan, visibleRows } from "@/model/scroll";
import { useLatest, useSettled } from "@/ui/hooks";
import { boxOf, type Cell, columnsIn } from "./area";
import styles from "./Grid.module.css";
import { GridFoot } from "./GridFoot";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { PasteBar } from "./PasteBar";
import { useCellWriter } from "./useCellWriter";
import { useFrozen } from "./useFrozen";
import { useGridClipboard } from "./useGridClipboard";
import { useGridEditing } from "./useGridEditing";
import { useGridKeys } from "./useGridKeys";
import { CHECK_WIDTH, useGridLayout } from "./useGridLayout";
import { useGridPointer } from "./useGridPointer";
import { useViewport } from "./useViewport";
import { useWindowRows, type WindowRows } from "./useWindowRows";

const CellEditor = lazy(() => import("./CellEditor").then((module) => ({ default: module.CellEditor })));
const FIRST_ROWS = Array.from({ length: 14 }, (_, at) => at);

interface GridProps {
  entity: string;
  /** What the arrangement of columns is kept under. */
  view: string;
  /** Widths, columns that stay, colours and the row at the foot, as the view defines them. */
  look?: ViewDefinition | undefined;
  label: string;
  fields: FieldDefinition[];
  query: ListQuery;
  sort: Sort[];
  onSort: (field: string, isAdding: boolean) => void;
  onOpen: (row: RecordRow) => void;
  selected: ReadonlyMap<string, RecordRow>;
  onSelect: (rows: RecordRow[], on: boolean) => void;
  canSelect: boolean;
  empty: ReactNode;
  failed: (error: Error, retry: () => void) => ReactNode;
}

/** Keeps the chosen cell's column beside what stays in place at the left. */
function revealColumn(element: HTMLDivElement, left: number, width: number, fixed: number): void {
  if (left < element.scrollLeft + fixed) element.scrollLeft = left - fixed;
  else if (left + width > element.scrollLeft + element.clientWidth)
    element.scrollLeft = left + width - element.clientWidth;
}

const REST_MS = 150;
/** The rows to draw: those in sight, or while one scrolls past rows that are not here yet, the nearest that are. */
function useSteady(span: Span, rows: WindowRows, top: number, rowHeight: number): Span {
  const isResting = useSettled(top, REST_MS) === top;
  const last = Math.min(span.end, span.at + span.fit + 1) - 1;
  const isHere = rows.rowAt(span.at) !== undefined && rows.rowAt(last) !== undefined;
  return isHere || isResting ? span : steadySpan(span, rows.here, top, rowHeight);
}

/** A grid over any number of server rows: only what is in sight is drawn and fetched. Cells are changed as in a spreadsheet. */
export function Grid(props: GridProps) {
  const { entity, view, look, label, query, sort, onSort, onOpen, selected, onSelect, canSelect } = props;
  const { t } = useTranslation("records");
  const id = useId();
  const layout = useGridLayout(entity, view, props.fields, look?.widths);
  const { fields, sizes, offsets } = layout;
  const frozen = useFrozen(look?.frozen ?? 1, offsets);
  const { element, setElement, top, height, row: rowHeight } = useViewport();
  const [count, setCount] = useState(0);
  const scaled = scale(count, rowHeight, height);
  const wanted = visibleRows(top, count, rowHeight, height, scaled);
  const rows = useWindowRows(entity, query, wanted.first, Math.max(wanted.end, wanted.first + 1));
  const span = useSteady(wanted, rows, top, rowHeight);
  if (rows.count !== null && rows.count !== count) setCount(rows.count);

  const queryKey = JSON.stringify(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question starts at its first answer
  useLayoutEffect(() => {
    if (element) element.scrollTop = 0;
  }, [queryKey]);

  const reveal = (cell: Cell) => {
    if (!element) return;
    element.scrollTop = scrollToRow(cell.row, element.scrollTop, rowHeight, height, scaled);
    if (cell.column > 0)
      revealColumn(element, offsets[cell.column] ?? 0, sizes[cell.column] ?? 0, CHECK_WIDTH + (sizes[0] ?? 0));
  };
  const editing = useGridEditing(fields, rows, onOpen);
  const writer = useCellWriter(entity, fields);
  const keyboard = useGridKeys({
    rows: count,
    columns: fields.length,
    pageRows: Math.max(1, Math.floor(height / rowHeight) - 1),
    reveal,
    onEnter: editing.enter,
    onOpen: editing.open,
    onToggle: (index) => {
      const row = rows.rowAt(index);
      if (row && canSelect) onSelect([row], !selected.has(row.id));
    },
    onType: editing.enter,
    onClear: () => void clipboard.clear(),
    onFillDown: () => void clipboard.fillDown(),
  });
  const { area, setArea } = keyboard;
  const clipboard = useGridClipboard({ scroller: element, area, setArea, fields, rows, count, writer });
  const press = useGridPointer(element, setArea);
  const select = useCallback((row: RecordRow, on: boolean) => onSelect([row], on), [onSelect]);
  const editAt = useLatest((row: number, column: number) => editing.enter({ row, column }));

  const box = boxOf(area);
  const isMany = box.top !== box.bottom || box.left !== box.right;
  const pool = span.fit + 2 * OVERSCAN + 2;
  const indexes = Array.from({ length: span.end - span.first }, (_, at) => span.first + at);
  const loaded = indexes.flatMap((index) => rows.rowAt(index) ?? []);
  const known = rows.isPending && count === 0 ? null : count;
  if (rows.error) return props.failed(rows.error, rows.retry);
  if (rows.count === 0) return props.empty;
  return (
    <div className={styles.frame}>
      <div
        ref={setElement}
        role="grid"
        tabIndex={0}
        aria-label={known === null ? label : t("list.grid", { view: label, count })}
        aria-rowcount={count + 2}
        aria-colcount={fields.length + 1}
        aria-multiselectable={canSelect}
        aria-activedescendant={count > 0 ? `${id}-${area.focus.row}-${area.focus.column}` : undefined}
        aria-busy={rows.isPending}
        className={styles.scroller}
        onKeyDown={keyboard.onKeyDown}
        onPointerDown={press}
        style={{ "--columns": layout.template, "--grid-width": `${layout.width}px` }}
      >
        <GridHead
          fields={fields}
          frozen={frozen}
          sort={sort}
          sizes={sizes}
          canSelect={canSelect}
          isAllSelected={loaded.length > 0 && loaded.every((row) => selected.has(row.id))}
          onSelectAll={(on) => onSelect(loaded, on)}
          onSort={onSort}
          onResize={layout.resize}
          onMove={layout.move}
        />
        <div role="rowgroup" className={styles.body} style={{ height: Math.max(scaled.height, height) }}>
          <div role="presentation" className={styles.rows} style={{ height }}>
            <div role="presentation" style={{ transform: `translateY(${Math.round(span.top - top)}px)` }}>
              {(known === null ? FIRST_ROWS : indexes).map((index) => {
                const row = rows.rowAt(index);
                const [from, to] = (isMany && columnsIn(box, index)) || [-1, -1];
                return (
                  <GridRow
                    key={index % pool}
                    row={row}
                    index={index}
                    fields={fields}
                    frozen={frozen}
                    look={look}
                    activeColumn={area.focus.row === index ? area.focus.column : null}
                    chosenFrom={from}
                    chosenTo={to}
                    problems={writer.problems.get(row?.id ?? "")}
                    isSelected={selected.has(row?.id ?? "")}
                    canSelect={canSelect}
                    idPrefix={id}
                    onSelect={select}
                    onEdit={editAt}
                  />
                );
              })}
            </div>
          </div>
          {editing.at && editing.field && editing.row && (
            <Suspense fallback={null}>
              <CellEditor
                key={`${editing.row.id}-${editing.field.key}`}
                row={editing.row}
                field={editing.field}
                top={span.top + (editing.at.row - span.first) * rowHeight}
                left={offsets[editing.at.column] ?? 0}
                typed={editing.at.typed}
                write={writer.write}
                onClose={(onward) => {
                  element?.focus({ preventScroll: true });
                  editing.close(onward, keyboard.go);
                }}
              />
            </Suspense>
          )}
        </div>
        <GridFoot entity={entity} fields={fields} frozen={frozen} view={look} query={query} count={known} />
      </div>
      <PasteBar writer={writer} fields={fields} />
    </div>
  );
}
