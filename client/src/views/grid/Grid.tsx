import { lazy, type ReactNode, Suspense, useCallback, useId, useLayoutEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition, ListQuery, RecordRow, Sort } from "@/api/types";
import { fieldViews } from "@/fields/registry";
import { useCatalogue } from "@/fields/useCatalogue";
import { scale, scrollToRow, visibleRows } from "@/model/scroll";
import styles from "./Grid.module.css";
import { GridFoot } from "./GridFoot";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { type Cell, useGridKeys } from "./useGridKeys";
import { useWindowRows } from "./useWindowRows";

const CellEditor = lazy(() => import("./CellEditor").then((module) => ({ default: module.CellEditor })));
const CHECK_WIDTH = 40;
const HEAD = 36;

export interface GridProps {
  entity: string;
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

/** What the scroller shows: its position and size, read once a frame. */
function useViewport() {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const [at, setAt] = useState({ top: 0, height: 600, row: 38 });
  useLayoutEffect(() => {
    if (!element) return undefined;
    const read = () => {
      const row = Number.parseFloat(getComputedStyle(element).getPropertyValue("--row")) || 38;
      setAt({ top: element.scrollTop, height: Math.max(0, element.clientHeight - 2 * HEAD), row });
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener("scroll", read, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, [element]);
  return { element, setElement, ...at };
}

/** A grid over any number of server rows: only what is in sight is drawn and fetched. */
export function Grid(props: GridProps) {
  const { entity, label, fields, query, sort, onSort, onOpen, selected, onSelect, canSelect, empty, failed } = props;
  const { t } = useTranslation("records");
  const id = useId();
  const titleKey = useCatalogue().entity(entity)?.title;
  const widthOf = (field: FieldDefinition) => (field.key === titleKey ? 230 : fieldViews[field.type].width);
  const [widths, setWidths] = useState<Record<string, number>>({});
  const [editing, setEditing] = useState<Cell | null>(null);
  const { element, setElement, top, height, row: rowHeight } = useViewport();
  const [count, setCount] = useState(0);
  const scaled = scale(count, rowHeight, height);
  const span = visibleRows(top, count, rowHeight, height, scaled);
  const rows = useWindowRows(entity, query, span.first, Math.max(span.end, span.first + 1));
  if (rows.count !== null && rows.count !== count) setCount(rows.count);

  const queryKey = JSON.stringify(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question starts at its first answer
  useLayoutEffect(() => {
    if (element) element.scrollTop = 0;
  }, [queryKey]);

  const reveal = (row: number) => {
    if (element) element.scrollTop = scrollToRow(row, element.scrollTop, rowHeight, height, scaled);
  };
  const edit = useCallback((row: number, column: number) => setEditing({ row, column }), []);
  const keyboard = useGridKeys({
    rows: count,
    columns: fields.length,
    pageRows: Math.max(1, Math.floor(height / rowHeight) - 1),
    reveal,
    onOpen: (index) => {
      const row = rows.rowAt(index);
      if (row) onOpen(row);
    },
    onToggle: (index) => {
      const row = rows.rowAt(index);
      if (row && canSelect) onSelect([row], !selected.has(row.id));
    },
    onEdit: (cell) => edit(cell.row, cell.column),
  });
  const select = useCallback((row: RecordRow, on: boolean) => onSelect([row], on), [onSelect]);

  const sizes = fields.map((field) => widths[field.key] ?? widthOf(field));
  const offsets = sizes.map((_, index) => sizes.slice(0, index).reduce((sum, size) => sum + size, CHECK_WIDTH));
  const width = sizes.reduce((sum, size) => sum + size, CHECK_WIDTH);
  const indexes = Array.from({ length: span.end - span.first }, (_, at) => span.first + at);
  const loaded = indexes.flatMap((index) => rows.rowAt(index) ?? []);
  const editedField = editing ? fields[editing.column] : undefined;
  const editedRow = editing ? rows.rowAt(editing.row) : undefined;
  const mayEdit = editedField?.access === "write" && !editedField.is_computed && editedRow?.can?.update !== false;

  if (rows.error) return failed(rows.error, rows.retry);
  if (rows.count === 0) return empty;
  return (
    <div
      ref={setElement}
      role="grid"
      tabIndex={0}
      aria-label={t("list.grid", { view: label, count })}
      aria-rowcount={count + 2}
      aria-colcount={fields.length + 1}
      aria-multiselectable={canSelect}
      aria-activedescendant={count > 0 ? `${id}-${keyboard.active.row}-${keyboard.active.column}` : undefined}
      aria-busy={rows.isPending}
      className={styles.scroller}
      onKeyDown={keyboard.onKeyDown}
      style={{
        "--columns": `${CHECK_WIDTH}px ${sizes.map((size, index) => (index === sizes.length - 1 ? `minmax(${size}px, 1fr)` : `${size}px`)).join(" ")}`,
        "--grid-width": `${width}px`,
      }}
    >
      <GridHead
        fields={fields}
        sort={sort}
        widths={widths}
        canSelect={canSelect}
        isAllSelected={loaded.length > 0 && loaded.every((row) => selected.has(row.id))}
        onSelectAll={(on) => onSelect(loaded, on)}
        onSort={onSort}
        onResize={(field, width) => setWidths((all) => ({ ...all, [field]: width }))}
      />
      <div role="rowgroup" className={styles.body} style={{ height: Math.max(scaled.height, height) }}>
        <div
          role="presentation"
          className={styles.rows}
          style={{ transform: `translateY(${span.top}px)`, minWidth: "100%" }}
        >
          {(rows.isPending && count === 0 ? Array.from({ length: 14 }, (_, at) => at) : indexes).map((index) => (
            <GridRow
              key={index}
              row={rows.rowAt(index)}
              index={index}
              fields={fields}
              activeColumn={keyboard.active.row === index ? keyboard.active.column : null}
              isSelected={selected.has(rows.rowAt(index)?.id ?? "")}
              canSelect={canSelect}
              idPrefix={id}
              onSelect={select}
              onOpen={onOpen}
              onEdit={edit}
            />
          ))}
        </div>
        {editing && editedField && editedRow && mayEdit && (
          <Suspense fallback={null}>
            <CellEditor
              key={`${editedRow.id}-${editedField.key}`}
              row={editedRow}
              field={editedField}
              top={span.top + (editing.row - span.first) * rowHeight}
              left={offsets[editing.column] ?? 0}
              onClose={() => {
                setEditing(null);
                element?.focus({ preventScroll: true });
              }}
            />
          </Suspense>
        )}
      </div>
      <GridFoot entity={entity} fields={fields} query={query} count={count} />
    </div>
  );
}
