import { useTranslation } from "react-i18next";
import { draftApi } from "@/api/studio";
import type { Field, Op, Option } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { COLOURS, colourOf, colourVariables } from "@/ui/surfaces";
import { distinctKey, makeKey } from "../../draft/keys";
import { useDraft } from "../../draft/useDraft";
import { labelText } from "../../parts/labels";
import { ProblemText, SelectProperty, TextProperty } from "../../parts/PropertyPanel";
import styles from "../Forms.module.css";
import { useDesigner } from "../useDesigner";
import { choicesOf, linesOf, optionsFrom } from "./choices";
import { useField } from "./useField";

/** Keys for labels that have none yet: Chinese is spelled by its sound. */
async function keysFor(labels: string[]): Promise<(label: string) => string> {
  const made = labels.length > 0 ? await draftApi.keys(labels).catch(() => []) : [];
  const known = new Map(labels.map((label, at) => [label, made[at]]));
  return (label) => known.get(label) ?? "o";
}

function Colours({ options, onChange }: { options: readonly Option[]; onChange: (options: Option[]) => void }) {
  const { t } = useTranslation(["forms", "choices"]);
  const language = useLanguage();
  return (
    <ul className={styles.colours}>
      {options
        .filter((each) => !each.retired)
        .map((option) => {
          const colour = option.colour ?? "grey";
          const next = COLOURS[(COLOURS.indexOf(colour as (typeof COLOURS)[number]) + 1) % COLOURS.length];
          return (
            <li key={option.key} style={colourVariables(colour)}>
              <button
                type="button"
                aria-label={t("choices.colour", {
                  option: labelText(option.label, language),
                  colour: t(`choices:colours.${colourOf(colour)}`),
                })}
                onClick={() =>
                  onChange(options.map((each) => (each === option ? { ...each, colour: next ?? "grey" } : each)))
                }
              />
              <span>{labelText(option.label, language)}</span>
            </li>
          );
        })}
    </ul>
  );
}

/** The options of a field: its own, typed one a line, or a set that forms share. */
export function ChoicesSetting({ field }: { field: Field }) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { definitions, problemsAt } = useDraft();
  const { entity, edit, name } = useDesigner();
  const { problemsAt: fieldProblems } = useField(field);
  const set = typeof field.options?.set === "string" ? field.options.set : "";
  const options = choicesOf(definitions, field);
  const done = t("done.changed", { field: name(field) });
  const path = ["entities", entity.key, "fields", field.key, "options"];
  const { set: _set, options: _own, ...others } = field.options ?? {};
  const putOptions = (next: Option[]) =>
    edit(
      [
        set
          ? { op: "put", path: ["option_sets", set, "options"], value: next }
          : { op: "put", path, value: { ...others, options: next } },
      ],
      done,
    );
  const retype = async (text: string) => {
    const known = new Set(linesOf(options, language).split("\n"));
    const fresh = text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line && !known.has(line));
    putOptions(optionsFrom(text, options, { language, keyOf: await keysFor([...new Set(fresh)]) }));
  };
  const share = async () => {
    const taken = (definitions.option_sets ?? []).map((each) => each.key);
    const key = distinctKey(await makeKey(name(field), taken, field.key), taken);
    const ops: Op[] = [
      { op: "put", path: ["option_sets", key], value: { key, label: field.label, options } },
      { op: "put", path, value: { ...others, set: key } },
    ];
    edit(ops, t("done.shared", { field: name(field) }));
  };
  const wrong = [
    ...fieldProblems("options", "options"),
    ...fieldProblems("options", "set"),
    ...(set ? problemsAt(["option_sets", set]) : []),
  ];
  return (
    <>
      <SelectProperty
        label={t("choices.from")}
        value={set}
        empty={t("choices.own")}
        onChange={(key) =>
          edit([{ op: "put", path, value: key ? { ...others, set: key } : { ...others, options } }], done)
        }
        options={(definitions.option_sets ?? []).map((each) => ({
          value: each.key,
          label: labelText(each.label, language),
        }))}
        help={set ? t("choices.shared") : undefined}
      />
      <TextProperty
        key={set}
        label={t("choices.lines")}
        help={t("choices.help")}
        rows={Math.min(10, Math.max(4, options.length + 1))}
        value={linesOf(options, language)}
        onChange={(text) => void retype(text)}
      />
      <Colours options={options} onChange={putOptions} />
      {wrong.slice(0, 3).map((each) => (
        <ProblemText key={`${each.path.join("/")}${each.code}`}>{each.message}</ProblemText>
      ))}
      {!set && (
        <div>
          <Button small kind="quiet" onClick={() => void share()}>
            {t("choices.share")}
          </Button>
        </div>
      )}
    </>
  );
}
