/** Cells on the clipboard: text with tabs and a table, as spreadsheets exchange them; our own values travel beside. */
import type { Json } from "@/api/types";

export interface CopiedCell {
  text: string;
  value: Json;
  /** The field's type and what it leads to: a value is only taken as it is where both are the same. */
  kind: string;
}

const MARK = "data-xiaolu-cells";

const quoted = (text: string) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export function toText(cells: CopiedCell[][]): string {
  return cells.map((row) => row.map((cell) => quoted(cell.text)).join("\t")).join("\r\n");
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

export function toHtml(cells: CopiedCell[][]): string {
  const rows = cells.map(
    (row) =>
      `<tr>${row
        .map(
          (cell) =>
            `<td data-kind="${escaped(cell.kind)}" data-value="${escaped(JSON.stringify(cell.value))}">${escaped(cell.text)}</td>`,
        )
        .join("")}</tr>`,
  );
  return `<table ${MARK}><tbody>${rows.join("")}</tbody></table>`;
}

/** Reads text with tabs: quotes around cells that hold tabs, line ends or quotes, as Excel writes them. */
export function readText(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = "";
  };
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < source.length; at++) {
    const sign = source.charAt(at);
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (source.charAt(at + 1) === '"') {
        cell += '"';
        at++;
      } else isQuoted = false;
    } else if (sign === '"' && cell === "") isQuoted = true;
    else if (sign === "\t") endCell();
    else if (sign === "\n") {
      endCell();
      rows.push([]);
    } else cell += sign;
  }
  endCell();
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array<string>(width - row.length).fill("")]);
}

/** Reads our own table back; null where the clipboard holds something else. */
function readHtml(html: string): CopiedCell[][] | null {
  if (!html.includes(MARK)) return null;
  const table = new DOMParser().parseFromString(html, "text/html").querySelector(`table[${MARK}]`);
  if (!table) return null;
  try {
    return [...table.querySelectorAll("tr")].map((row) =>
      [...row.querySelectorAll("td")].map((cell) => ({
        text: cell.textContent ?? "",
        kind: cell.dataset.kind ?? "",
        value: JSON.parse(cell.dataset.value ?? "null") as Json,
      })),
    );
  } catch {
    return null;
  }
}

/** What the clipboard holds, as cells. */
export function readClipboard(data: Pick<DataTransfer, "getData">): CopiedCell[][] {
  const own = readHtml(data.getData("text/html"));
  if (own && own.length > 0) return own;
  const text = data.getData("text/plain");
  if (text === "") return [];
  return readText(text).map((row) => row.map((each) => ({ text: each, value: null, kind: "" })));
}
