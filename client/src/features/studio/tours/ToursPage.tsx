import { Copy, Footprints } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShippedTours } from "@/api/entrances";
import type { TourDef } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { makeKey } from "../draft/keys";
import { useDraft } from "../draft/useDraft";
import { ItemPage } from "../parts/ItemPage";
import { labelText, newLabel } from "../parts/labels";
import { TourEditor } from "./TourEditor";

/** Guided tours: those of the workspace; those that ship can be taken over and changed. */
export function ToursPage() {
  const { t } = useTranslation("tours");
  const language = useLanguage();
  const { definitions, edit } = useDraft();
  const shipped = useShippedTours();
  const [chosen, setChosen] = useState<string | null>(null);
  const tours = definitions.tours ?? [];
  const tour = tours.find((each) => each.key === chosen) ?? tours[0];
  const left = (shipped.data ?? []).filter((each) => !tours.some((own) => own.key === each.key));
  const put = (value: TourDef, label: string) => {
    edit([{ op: "put", path: ["tours", value.key], value }], label);
    setChosen(value.key);
  };
  const add = async () => {
    const taken = [...tours, ...(shipped.data ?? [])].map((each) => each.key);
    const named = (text: string) => newLabel(text, language);
    const key = await makeKey(t("newName"), taken, "tour");
    const first = { key: "first", label: named(t("newStep")), text: named(t("newText")) };
    put({ key, label: named(t("newName")), steps: [first] }, t("new"));
  };
  return (
    <ItemPage
      label={t("list")}
      items={tours.map((each) => ({
        key: each.key,
        name: labelText(each.label, language) || each.key,
        note: t("steps", { count: each.steps.length }),
      }))}
      chosen={tour?.key}
      onChoose={setChosen}
      add={t("new")}
      onAdd={() => void add()}
      more={left.map((each) => {
        const name = labelText(each.label, language);
        return (
          <Button key={each.key} icon={<Copy size={15} />} onClick={() => put(each, t("adapted", { name }))}>
            {t("adapt", { name })}
          </Button>
        );
      })}
      empty={{ icon: <Footprints size={40} />, title: t("empty"), text: t("emptyText") }}
    >
      {tour && <TourEditor key={tour.key} tour={tour} />}
    </ItemPage>
  );
}
