import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ColourRule } from "@/api/types/studio";
import { Button, IconButton } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { COLOURS, colourVariables } from "@/ui/surfaces";
import { ConditionEditor } from "./ConditionEditor";
import type { SettingProps } from "./ListSettings";
import styles from "./Views.module.css";

/** Rules of colour, the first that holds wins: when, which colour, on the whole row or on one value. */
export function ColourSettings({ view, fields, put }: SettingProps) {
  const { t } = useTranslation("designer");
  const rules = view.colours ?? [];
  const save = (next: ColourRule[]) => put(["colours"], next.length > 0 ? next : undefined);
  const change = (index: number, rule: Partial<ColourRule>) =>
    save(rules.map((each, at) => (at === index ? { ...each, ...rule } : each)));
  const placed = (field: string) => (field ? { field } : {});
  return (
    <>
      {rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
        <fieldset key={index} className={styles.rule} style={colourVariables(rule.colour)}>
          <legend>{t("rule", { number: index + 1 })}</legend>
          <div className={styles.swatches} role="radiogroup" aria-label={t("colour")}>
            {COLOURS.map((colour) => (
              <label
                key={colour}
                className={styles.swatch}
                style={colourVariables(colour)}
                title={t(`colours.${colour}`)}
              >
                <input
                  type="radio"
                  name={`colour-${view.key}-${index}`}
                  checked={rule.colour === colour}
                  aria-label={t(`colours.${colour}`)}
                  onChange={() => change(index, { colour })}
                />
              </label>
            ))}
          </div>
          <NativeSelect
            aria-label={t("paints")}
            value={rule.field ?? ""}
            onChange={(event) =>
              save(
                rules.map((each, at) =>
                  at === index ? { when: each.when, colour: each.colour, ...placed(event.target.value) } : each,
                ),
              )
            }
          >
            <option value="">{t("wholeRow")}</option>
            {fields.map((field) => (
              <option key={field.key} value={field.key}>
                {t("oneField", { name: field.label })}
              </option>
            ))}
          </NativeSelect>
          <ConditionEditor
            entity={view.entity}
            value={rule.when}
            onChange={(when) => change(index, { when: when ?? { and: [] } })}
          />
          <IconButton
            small
            label={t("removeRule", { number: index + 1 })}
            onClick={() => save(rules.filter((_, at) => at !== index))}
          >
            <Trash2 size={14} />
          </IconButton>
        </fieldset>
      ))}
      <Button
        small
        kind="quiet"
        icon={<Plus size={14} />}
        onClick={() => save([...rules, { when: { and: [] }, colour: COLOURS[rules.length % COLOURS.length] ?? "red" }])}
      >
        {t("addRule")}
      </Button>
    </>
  );
}
