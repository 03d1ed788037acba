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

/** The label with its text in one language replaced. */
export function withText(label: PlainLabel | null | undefined, language: string, text: string): PlainLabel {
  const parts = labelParts(label);
  const next = language.startsWith("zh") || !parts.zh ? { ...parts, zh: text } : { ...parts, en: text };
  return labelOf(next) ?? { zh: "" };
}
