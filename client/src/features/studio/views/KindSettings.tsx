import { useTranslation } from "react-i18next";
import type { View } from "@/api/types/studio";
import { SelectProperty } from "../parts/PropertyPanel";
import { FIGURES, type FieldChoice, laneable, MOMENTS, ofTypes, PICTURES } from "./fields";

interface KindProps {
  view: View;
  fields: FieldChoice[];
  /** Puts one setting; undefined takes it out. */
  put: (path: string[], value: unknown) => void;
  problemAt: (path: string[]) => string | null;
}

interface Setting {
  name: string;
  types: readonly string[] | null;
  isRequired?: boolean;
}

const SETTINGS: Record<string, Setting[]> = {
  calendar: [
    { name: "start", types: MOMENTS, isRequired: true },
    { name: "end", types: MOMENTS },
    { name: "title", types: null },
    { name: "colour", types: ["single_select"] },
  ],
  gallery: [{ name: "picture", types: PICTURES }],
  map: [
    { name: "place", types: ["location"], isRequired: true },
    { name: "colour", types: ["single_select"] },
  ],
  timeline: [
    { name: "start", types: MOMENTS, isRequired: true },
    { name: "end", types: MOMENTS },
    { name: "progress", types: FIGURES },
    { name: "title", types: null },
    { name: "colour", types: ["single_select"] },
  ],
};

/** What the kind of view stands on: days, a picture, a place, lanes. */
export function KindSettings({ view, fields, put, problemAt }: KindProps) {
  const { t } = useTranslation(["designer", "views"]);
  const kind = view.kind ?? "grid";
  const settings = (view[kind as keyof View] ?? {}) as Record<string, string | undefined>;
  const choose = (name: string) => (value: string) => {
    const next: Record<string, string> = {};
    for (const [key, each] of Object.entries({ ...settings, [name]: value || undefined })) if (each) next[key] = each;
    put([kind], Object.keys(next).length > 0 ? next : undefined);
  };
  const options = (types: readonly string[] | null) =>
    (types ? ofTypes(fields, types) : fields).map(({ key, label }) => ({ value: key, label }));
  return (
    <>
      {(SETTINGS[kind] ?? []).map(({ name, types, isRequired }) => (
        <SelectProperty
          key={name}
          label={t(`settings.${name}` as "settings.start")}
          value={settings[name] ?? ""}
          required={isRequired}
          options={options(types)}
          empty={isRequired ? t("choose") : t("none")}
          problem={problemAt([kind, name]) ?? (isRequired && !settings[name] ? problemAt([kind]) : null)}
          help={types && options(types).length === 0 ? t("noField") : undefined}
          onChange={choose(name)}
        />
      ))}
      {kind === "gallery" && (
        <SelectProperty
          label={t("settings.fit")}
          value={settings.fit ?? "cover"}
          options={["cover", "contain"].map((value) => ({ value, label: t(`fits.${value}` as "fits.cover") }))}
          onChange={choose("fit")}
        />
      )}
      {kind === "timeline" && (
        <SelectProperty
          label={t("settings.scale")}
          value={settings.scale ?? "week"}
          options={["day", "week", "month"].map((value) => ({
            value,
            label: t(`views:timeline.${value}` as "views:timeline.day"),
          }))}
          onChange={choose("scale")}
        />
      )}
      {(kind === "board" || kind === "timeline") && (
        <SelectProperty
          label={t(kind === "board" ? "settings.lanes" : "settings.rows")}
          value={view.group ?? ""}
          options={laneable(fields).map(({ key, label }) => ({ value: key, label }))}
          empty={kind === "board" && fields.some(({ key }) => key === "stage") ? t("byStage") : t("none")}
          problem={problemAt(["group"])}
          onChange={(value) => put(["group"], value || undefined)}
        />
      )}
    </>
  );
}
