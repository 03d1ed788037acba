/** Options of a field, wherever they are kept, and lists of options typed as lines. */
import type { Definitions, Field, Option } from "@/api/types/studio";
import { distinctKey } from "../../draft/keys";
import { labelText, newLabel, withText } from "../../parts/labels";

export function choicesOf(definitions: Definitions, field: Field): Option[] {
  const { set, options } = (field.options ?? {}) as { set?: string; options?: Option[] };
  if (set) return definitions.option_sets?.find((each) => each.key === set)?.options ?? [];
  return options ?? [];
}

const COLOURS = ["blue", "green", "orange", "purple", "cyan", "gold", "pink", "lime", "red", "grey"];

/** What options are called in a language; in Chinese, where names differ, if two of them were called the same. */
export function namesOf(options: readonly Option[], language: string): string[] {
  const names = options.map((each) => labelText(each.label, language));
  return new Set(names).size === names.length ? names : options.map((each) => labelText(each.label, "zh"));
}

const live = (options: readonly Option[]) => options.filter((each) => !each.retired);

/** Options as lines, one each; retired ones are kept out of sight. */
export const linesOf = (options: readonly Option[], language: string): string =>
  namesOf(live(options), language).join("\n");

/** How the lines were read: the language that they are in, and keys for names that are new. */
interface Reading {
  language: string;
  keyOf: (label: string) => string;
}

/** The options that lines stand for: those that are there keep their key and colour, a changed line is a new name. */
export function optionsFrom(text: string, before: readonly Option[], { language, keyOf }: Reading): Option[] {
  const lines = [
    ...new Set(
      text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
  const old = live(before);
  const names = namesOf(old, language);
  const byName = new Map(old.map((each, at) => [names[at], each]));
  const unchanged = new Set(lines.filter((line) => byName.has(line)));
  const isRenamed = lines.length === old.length;
  const taken = new Set(before.map((each) => each.key));
  const found = lines.map((line, at): Option => {
    const same = byName.get(line);
    if (same) return same;
    const was = isRenamed ? old[at] : undefined;
    if (was && !unchanged.has(names[at] ?? "")) return { ...was, label: withText(was.label, language, line) };
    const key = distinctKey(keyOf(line), taken);
    taken.add(key);
    return { key, label: newLabel(line, language), colour: COLOURS[at % COLOURS.length] ?? "grey" };
  });
  return [...found, ...before.filter((each) => each.retired)];
}
