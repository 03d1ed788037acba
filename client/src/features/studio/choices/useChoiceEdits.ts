import { useTranslation } from "react-i18next";
import type { Label, Numbering, Option, OptionSet } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { makeKey, makeKeys } from "../draft/keys";
import { useDraft } from "../draft/useDraft";
import { newLabel } from "../parts/labels";
import { labelText } from "../shell/values";
import { type PastedLine, pastedLabel } from "./pasting";

const COLOURS = ["blue", "green", "orange", "purple", "cyan", "red", "gold", "pink", "lime", "grey"] as const;

/** Everything that can be done to option sets and numberings, each one edit of the draft. */
export function useChoiceEdits() {
  const { t } = useTranslation("choices");
  const language = useLanguage();
  const { definitions, edit } = useDraft();
  const sets = definitions.option_sets ?? [];
  const numberings = definitions.numberings ?? [];
  const name = (label: Label | undefined) => labelText(label, language);

  const addSet = async (label: string) => {
    const key = await makeKey(label, sets.map((each) => each.key), "choices"); // biome-ignore format: one call
    const first: Option = { key: "first", label: newLabel(t("firstOption"), language), colour: "blue" };
    const value: OptionSet = { key, label: newLabel(label, language), options: [first] };
    edit([{ op: "put", path: ["option_sets", key], value }], t("did.addSet", { name: label }));
    return key;
  };

  const addOptions = async (set: OptionSet, lines: PastedLine[]) => {
    const taken = set.options.map((each) => each.key);
    const keys = await makeKeys(lines.map((each) => each.name), taken, "option"); // biome-ignore format: one call
    const added = lines.map((line, at): Option => {
      const colour = COLOURS[(set.options.length + at) % COLOURS.length] ?? "grey";
      return { key: keys[at] ?? "option", label: pastedLabel(line, language), colour };
    });
    const label = t("did.addOptions", { count: added.length, name: name(set.label) });
    edit(
      added.map((value) => ({ op: "put" as const, path: ["option_sets", set.key, "options", value.key], value })),
      label,
    );
    return added[0]?.key;
  };

  const putOption = (set: OptionSet, option: Option, part: Partial<Option>) => {
    const path = ["option_sets", set.key, "options", option.key];
    edit(
      Object.entries(part).map(([setting, value]) => ({ op: "put" as const, path: [...path, setting], value })),
      t("did.changeOption", { name: name(option.label) }),
    );
  };

  const placeOption = (set: OptionSet, option: Option, to: number) => {
    const others = set.options.filter((each) => each.key !== option.key);
    const before = others[to]?.key ?? null;
    edit(
      [{ op: "place", path: ["option_sets", set.key, "options", option.key], before }],
      t("did.moveOption", { name: name(option.label) }),
    );
  };

  const addNumbering = async (label: string) => {
    const key = await makeKey(label, numberings.map((each) => each.key), "number"); // biome-ignore format: one call
    const value: Numbering = { key, label: newLabel(label, language), pattern: "{yyyy}{mm}-{seq:4}", reset: "month" };
    edit([{ op: "put", path: ["numberings", key], value }], t("did.addNumbering", { name: label }));
    return key;
  };

  const put = (path: string[], value: unknown, label: string) => edit([{ op: "put", path, value }], label);
  const drop = (path: string[], label: string) => edit([{ op: "drop", path }], label);

  return { sets, numberings, name, addSet, addOptions, putOption, placeOption, addNumbering, put, drop };
}
