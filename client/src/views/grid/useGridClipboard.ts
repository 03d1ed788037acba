import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CellRowChange, FieldDefinition, Json, RecordRow } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useLanguage } from "@/i18n/useLanguage";
import { forWriting } from "@/model/values";
import { toast } from "@/ui/toast";
import { type Area, type Box, boxOf, heightOf, oneCell, targetOf, widthOf } from "./area";
import { copiedCell, kindOf } from "./cellText";
import { type CopiedCell, readClipboard, toHtml, toText } from "./clipboard";
import type { CellWriter, Said } from "./useCellWriter";
import type { WindowRows } from "./useWindowRows";

/** Rows that one copy, paste or fill may be about; the server takes no more either. */
const MOST_ROWS = 2_000;

interface Options {
  scroller: HTMLDivElement | null;
  area: Area;
  setArea: (area: Area) => void;
  fields: FieldDefinition[];
  rows: WindowRows;
  count: number;
  writer: CellWriter;
}

const isWritable = (field: FieldDefinition) => field.access === "write" && !field.is_computed;

/** A change of one record's cells from copied ones: the value itself where the kinds agree, the text otherwise. */
function cellsOf(row: RecordRow, fields: FieldDefinition[], source: (index: number) => CopiedCell): CellRowChange {
  const change: Required<Pick<CellRowChange, "id" | "texts" | "values">> = { id: row.id, texts: {}, values: {} };
  fields.forEach((field, index) => {
    if (!isWritable(field)) return;
    const cell = source(index);
    if (cell.kind !== "" && cell.kind === kindOf(field)) change.values[field.key] = forWriting(cell.value);
    else change.texts[field.key] = cell.text;
  });
  return change;
}

/** Copy, cut, paste, clear and fill down of the chosen cells. */
export function useGridClipboard({ scroller, area, setArea, fields, rows, count, writer }: Options) {
  const { t } = useTranslation(["records", "common"]);
  const catalogue = useCatalogue();
  const language = useLanguage();
  const speech = { catalogue, language, yes: t("common:actions.yes"), no: t("common:actions.no") };
  const box = boxOf(area);

  const isTooTall = (wanted: Box) => {
    if (heightOf(wanted) <= MOST_ROWS) return false;
    toast.error(t("records:cells.tooMany", { count: MOST_ROWS }));
    return true;
  };
  const write = async (target: Box, source: (row: number, column: number) => CopiedCell, said: Said) => {
    const chosen = fields.slice(target.left, target.right + 1);
    if (!chosen.some(isWritable)) return void toast.error(t("records:cells.readOnly"));
    const found = await rows.rowsBetween(target.top, target.bottom);
    const changes = found.map((row, index) => cellsOf(row, chosen, (column) => source(index, column)));
    await writer.write(changes, found, said);
  };
  const matrixOf = (found: RecordRow[]) =>
    found.map((row) => fields.slice(box.left, box.right + 1).map((field) => copiedCell(field, row, speech)));

  const clear = async () => {
    if (isTooTall(box)) return;
    await write(
      box,
      () => ({ text: "", value: null, kind: "" }),
      () => t("records:cells.cleared"),
    );
  };
  const fillDown = async () => {
    const from = heightOf(box) > 1 ? box.top : box.top - 1;
    if (from < 0 || isTooTall(box)) return;
    const [first] = await rows.rowsBetween(from, from);
    if (!first) return;
    const target = { ...box, top: from + 1 };
    const [top] = matrixOf([first]);
    await write(
      target,
      (_, column) => top?.[column] ?? EMPTY,
      (_, rows) => t("records:cells.filled", { count: rows }),
    );
  };
  const paste = async (cells: CopiedCell[][]) => {
    const [height, width] = [cells.length, cells[0]?.length ?? 0];
    if (height === 0 || width === 0) return;
    const target = targetOf(box, height, width, { rows: count, columns: fields.length });
    if (isTooTall(target)) return;
    setArea({
      anchor: { row: target.top, column: target.left },
      focus: { row: target.bottom, column: target.right },
    });
    await write(
      target,
      (row, column) => cells[row % height]?.[column % width] ?? EMPTY,
      (cells) => t("records:cells.changed", { count: cells }),
    );
  };
  const copy = (event: ClipboardEvent) => {
    if (isTooTall(box)) return false;
    const indexes = Array.from({ length: heightOf(box) }, (_, at) => box.top + at);
    const found = indexes.flatMap((index) => rows.rowAt(index) ?? []);
    if (found.length < indexes.length) {
      // What is not here yet is fetched, and the clipboard is filled when it is.
      void rows.rowsBetween(box.top, box.bottom).then((all) => navigator.clipboard?.writeText(toText(matrixOf(all))));
    } else {
      const matrix = matrixOf(found);
      event.clipboardData?.setData("text/plain", toText(matrix));
      event.clipboardData?.setData("text/html", toHtml(matrix));
    }
    toast.done(t("records:cells.copied", { count: heightOf(box) * widthOf(box) }));
    return true;
  };

  const handlers = useRef({ copy, paste, clear });
  handlers.current = { copy, paste, clear };
  useEffect(() => {
    // The browser gives these events to the page, not to the element that has the focus, where no text is chosen.
    const isHere = () => scroller !== null && document.activeElement === scroller;
    const onCopy = (event: ClipboardEvent) => {
      if (!isHere() || window.getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      if (handlers.current.copy(event) && event.type === "cut") void handlers.current.clear();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!isHere() || !event.clipboardData) return;
      event.preventDefault();
      void handlers.current.paste(readClipboard(event.clipboardData));
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, [scroller]);
  return { clear, fillDown, collapse: () => setArea(oneCell(area.focus)) };
}

const EMPTY: CopiedCell = { text: "", value: null as Json, kind: "" };
