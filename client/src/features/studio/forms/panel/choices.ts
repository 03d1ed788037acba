/** Options of a field, wherever they are kept, and lists of options typed as lines. */
import type { Definitions, Field, Option } from "@/api/types/studio";
import { distinctKey } from "../../draft/keys";
import { labelParts } from "../../parts/labels";

export function choicesOf(definitions: Definitions, field: Field): Option[] {
  const { set, options } = (field.options ?? {}) as { set?: string; options?: Option[] };
  if (set) return definitions.option_sets?.find((each) => each.key === set)?.options ?? [];
  return options ?? [];
}

const COLOURS = ["blue", "green", "orange", "purple", "cyan", "gold", "pink", "lime", "red", "grey"];

/** Options as lines, one each; retired ones are kept out of sight. */
export const linesOf = (options: readonly Option[]): string =>
  options
    .filter((each) => !each.retired)
    .map((each) => labelParts(each.label).zh)
    .join("\n");

/** The options that lines stand for: those that are there keep their key and colour, a changed line is a new name. */
export function optionsFrom(text: string, before: readonly Option[], keyOf: (label: string) => string): Option[] {
  const lines = [
    ...new Set(
      text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
  const old = before.filter((each) => !each.retired);
  const byName = new Map(old.map((each) => [labelParts(each.label).zh, each]));
  const unchanged = new Set(lines.filter((line) => byName.has(line)));
  const isRenamed = lines.length === old.length;
  const taken = new Set(before.map((each) => each.key));
  const found = lines.map((line, at): Option => {
    const same = byName.get(line);
    if (same) return same;
    const was = isRenamed ? old[at] : undefined;
    if (was && !unchanged.has(labelParts(was.label).zh)) {
      const { en } = labelParts(was.label);
      return { ...was, label: en ? { zh: line, en } : { zh: line } };
    }
    const key = distinctKey(keyOf(line), taken);
    taken.add(key);
    return { key, label: { zh: line }, colour: COLOURS[at % COLOURS.length] ?? "grey" };
  });
  return [...found, ...before.filter((each) => each.retired)];
}
