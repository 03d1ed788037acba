/** Labels of plain definitions: a bare text is Chinese. */
export type PlainLabel = string | { zh?: string; en?: string };

interface LabelParts {
  zh: string;
  en: string;
}

export function labelParts(label: PlainLabel | null | undefined): LabelParts {
  if (!label) return { zh: "", en: "" };
  return typeof label === "string" ? { zh: label, en: "" } : { zh: label.zh ?? "", en: label.en ?? "" };
}

/** The label as definitions hold it; undefined where both languages are empty. */
export function labelOf({ zh, en }: LabelParts): PlainLabel | undefined {
  const parts = { zh: zh.trim(), en: en.trim() };
  if (!parts.zh && !parts.en) return undefined;
  return parts.en ? parts : { zh: parts.zh };
}

/** What a label says in a language; the other language where it says nothing. */
export function labelText(label: PlainLabel | null | undefined, language: string): string {
  const { zh, en } = labelParts(label);
  return language.startsWith("zh") ? zh || en : en || zh;
}

const CHINESE = /\p{Script=Han}/u;

/** Whether nobody wrote a Chinese name yet: the English one stands in its place. */
function isEnglishAlone({ zh, en }: LabelParts): boolean {
  return zh === en || (!en && !CHINESE.test(zh));
}

/** The two names as a builder finds them: who builds in English sees no Chinese one that only repeats the English. */
export function writtenParts(label: PlainLabel | null | undefined, language: string): LabelParts {
  const parts = labelParts(label);
  if (language.startsWith("zh") || !isEnglishAlone(parts)) return parts;
  return { zh: "", en: parts.en || parts.zh };
}

/** The label for two names that a builder wrote; an English one alone is shown to Chinese readers as well. */
export function labelWritten({ zh, en }: LabelParts, language: string): PlainLabel | undefined {
  return labelOf({ zh: language.startsWith("zh") || zh.trim() ? zh : en, en });
}

/** The label of something new, called as somebody typed it in the language that they build in. */
export function newLabel(text: string, language: string): PlainLabel {
  return withText(null, language, text);
}

/** The label with its text in one language replaced. */
export function withText(label: PlainLabel | null | undefined, language: string, text: string): PlainLabel {
  const parts = writtenParts(label, language);
  const next = language.startsWith("zh") ? { ...parts, zh: text } : { ...parts, en: text };
  return labelWritten(next, language) ?? { zh: "" };
}
