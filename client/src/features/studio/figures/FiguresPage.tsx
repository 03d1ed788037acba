import { Sigma } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { makeKey } from "../draft/keys";
import { useDraft } from "../draft/useDraft";
import { ItemPage } from "../parts/ItemPage";
import { labelText, newLabel } from "../parts/labels";
import { FigureEditor } from "./FigureEditor";

/** Named figures over filtered records, as home pages and the morning meeting show them. */
export function FiguresPage() {
  const { t } = useTranslation("figures");
  const language = useLanguage();
  const { definitions, edit } = useDraft();
  const [chosen, setChosen] = useState<string | null>(null);
  const figures = definitions.numbers ?? [];
  const figure = figures.find((each) => each.key === chosen) ?? figures[0];
  const entityName = (key: string) =>
    labelText(definitions.entities?.find((each) => each.key === key)?.label ?? key, language);
  const add = async () => {
    const entity = definitions.entities?.find((each) => !each.parent);
    if (!entity) return;
    const name = t("newName", { form: labelText(entity.label, language) });
    const taken = figures.map((each) => each.key);
    const key = await makeKey(name, taken, "figure");
    const label = newLabel(name, language);
    const value = { key, label, entity: entity.key, measure: { do: "count" } };
    edit([{ op: "put", path: ["numbers", key], value }], t("new"));
    setChosen(key);
  };
  return (
    <ItemPage
      label={t("list")}
      items={figures.map((each) => ({
        key: each.key,
        name: labelText(each.label, language) || each.key,
        note: entityName(each.entity),
      }))}
      chosen={figure?.key}
      onChoose={setChosen}
      add={t("new")}
      onAdd={() => void add()}
      empty={{ icon: <Sigma size={40} />, title: t("empty"), text: t("emptyText") }}
    >
      {figure && <FigureEditor key={figure.key} figure={figure} />}
    </ItemPage>
  );
}
