/** Cells as text for the clipboard: figures and days as a spreadsheet reads them, everything else as people see it. */
import type { FieldDefinition, Json, RecordRow } from "@/api/types";
import type { Language } from "@/i18n";
import { type Catalogue, shownAs, textOption } from "@/model/catalogue";
import { formatDateTime } from "@/model/format";
import { fieldValue, listOf } from "@/model/values";
import { listed } from "@/model/words";
import type { CopiedCell } from "./clipboard";

/** What decides whether a value of one field can be taken as it is by another. */
export function kindOf(field: FieldDefinition): string {
  return [field.type, textOption(field, "set"), textOption(field, "target"), textOption(field, "entity")].join(":");
}

interface Speech {
  catalogue: Catalogue;
  language: Language;
  yes: string;
  no: string;
}

function textOf(field: FieldDefinition, value: Json, display: string | undefined, speech: Speech): string {
  if (value === null) return "";
  const { type } = shownAs(field);
  if (type === "percent" && (typeof value === "string" || typeof value === "number"))
    return `${Number((Number(value) * 100).toFixed(6))}%`;
  if (["money", "integer", "decimal", "rating", "date"].includes(type)) return String(value);
  if (type === "date_time") return formatDateTime(value, speech.language);
  if (type === "switch") return value ? speech.yes : speech.no;
  const options = speech.catalogue.options(field);
  if (options.length > 0) {
    const labels = new Map(options.map((each) => [each.key, each.label]));
    return listed(
      listOf(value).map((key) => labels.get(key) ?? key),
      speech.language,
    );
  }
  if (display !== undefined) return display;
  if (Array.isArray(value)) return listed(listOf(value), speech.language);
  return typeof value === "object" ? "" : String(value);
}

export function copiedCell(field: FieldDefinition, row: RecordRow, speech: Speech): CopiedCell {
  const value = fieldValue(row, field.key);
  return { text: textOf(field, value, row.display[field.key], speech), value, kind: kindOf(field) };
}
