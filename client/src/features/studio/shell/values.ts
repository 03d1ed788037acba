/** Values of definitions as short text. */

import type { Language } from "@/i18n";
import { listed } from "@/model/words";

/** A label in the reader's language; the key stands in for one that is missing. */
export function labelText(label: unknown, language: Language, otherwise = ""): string {
  if (typeof label === "string") return label || otherwise;
  if (typeof label !== "object" || label === null) return otherwise;
  const { zh, en } = label as { zh?: string; en?: string };
  return (language === "en" ? en || zh : zh || en) || otherwise;
}

/** A value as people can read it: labels as text, everything else as indented JSON. */
export function valueText(value: unknown, language: Language): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return language === "zh" ? (value ? "是" : "否") : value ? "Yes" : "No";
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (Array.isArray(value) && value.every((each) => typeof each !== "object"))
    return listed(value.map(String), language);
  const names = Object.keys(value);
  if (names.length > 0 && names.every((name) => name === "zh" || name === "en")) return labelText(value, language);
  return JSON.stringify(value, null, 2);
}
