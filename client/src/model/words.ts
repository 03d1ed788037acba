/** How words are put together in a language's own punctuation. Pure. */
import type { Language } from "./format";

/** Several things in a row: 甲、乙; one, two. */
export function listed(parts: readonly string[], language: Language): string {
  return parts.join(language === "zh" ? "、" : ", ");
}

/** A name and what is said of it: 名称：内容; Name: content. */
export function named(name: string, text: string, language: Language): string {
  return `${name}${language === "zh" ? "：" : ": "}${text}`;
}

/** A name within a sentence: Source → source, yet API, iPhone and Chinese names stay as they are. */
export function inSentence(name: string, language: Language): string {
  return language === "en" && /^[A-Z](?=[a-z]*( |$))/.test(name) ? `${name[0]?.toLowerCase()}${name.slice(1)}` : name;
}
