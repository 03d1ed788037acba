/** Sorting the server's problems: which belong to a field, which to the whole. */
import type { Problem } from "@/api/types";

export interface SortedProblems {
  fields: Record<string, string>;
  rest: string[];
}

/** What a problem is about: a field of the record, or a place beside the fields (a move's action and remark). */
export function placeOf(problem: Problem): string {
  const path = problem.path[0] === "values" ? problem.path.slice(1) : problem.path;
  return String(path[0] ?? "");
}

/** Paths look like ["values", field, …] or [field, …]; what names no known field is said above the form. */
export function sortProblems(problems: Problem[], known: ReadonlySet<string>): SortedProblems {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const problem of problems) {
    const key = placeOf(problem);
    if (!known.has(key)) rest.push(problem.message);
    else fields[key] = fields[key] ? `${fields[key]} ${problem.message}` : problem.message;
  }
  return { fields, rest };
}
