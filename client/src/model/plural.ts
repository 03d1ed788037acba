import type { Language } from "./format";

const UNCOUNTED =
  /(equipment|feedback|information|staff|personnel|data|news|series|software|hardware|research|people)$/i;

/** What one of something is counted in, from what several are counted in: 4 leads, 1 lead; signs such as CNY stay. */
export function unitOf(unit: string, count: number, language: Language): string {
  const isPlain = language === "en" && count === 1 && /^[a-z]{2,}[^s]s$/.test(unit);
  return isPlain ? unit.replace(/ies$/, "ys").slice(0, -1) : unit;
}

/** What several records of a form are called, from the name of one: Leads, Companies; Chinese names stay. */
export function manyOf(label: string, language: Language): string {
  if (language !== "en" || !/[a-z]$/i.test(label) || UNCOUNTED.test(label)) return label;
  if (/[^aeiou]y$/i.test(label)) return `${label.slice(0, -1)}ies`;
  if (/(ss|x|z|ch|sh)$/i.test(label)) return `${label}es`;
  return /s$/i.test(label) ? label : `${label}s`;
}
