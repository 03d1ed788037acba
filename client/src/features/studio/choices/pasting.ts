import { labelWritten, type PlainLabel } from "../parts/labels";

/** Lines that somebody pastes as options: one per line, `name`, or `name<TAB>name in the other language`. */
export interface PastedLine {
  name: string;
  other: string;
}

export function readLines(text: string, known: readonly string[]): { fresh: PastedLine[]; repeated: string[] } {
  const seen = new Set(known.map((each) => each.trim()));
  const fresh: PastedLine[] = [];
  const repeated: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [name = "", other = ""] = line.split("\t").map((each) => each.trim());
    if (!name) continue;
    if (seen.has(name)) repeated.push(name);
    else {
      seen.add(name);
      fresh.push({ name, other });
    }
  }
  return { fresh, repeated };
}

/** The label of a pasted line, whose first column is in the language that one builds in. */
export function pastedLabel({ name, other }: PastedLine, language: string): PlainLabel {
  const parts = language.startsWith("zh") ? { zh: name, en: other } : { zh: other, en: name };
  return labelWritten(parts, language) ?? { zh: "" };
}
