import type { Language } from "./format";

const UNCOUNTED =
  /(equipment|feedback|information|staff|personnel|data|news|series|software|hardware|research|people)$/i;

/** What several records of a form are called, from the name of one: Leads, Companies; Chinese names stay. */
export function manyOf(label: string, language: Language): string {
  if (language !== "en" || !/[a-z]$/i.test(label) || UNCOUNTED.test(label)) return label;
  if (/[^aeiou]y$/i.test(label)) return `${label.slice(0, -1)}ies`;
  if (/(ss|x|z|ch|sh)$/i.test(label)) return `${label}es`;
  return /s$/i.test(label) ? label : `${label}s`;
}
