import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Field, Label, Op } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { makeKey } from "../draft/keys";
import { useDraft } from "../draft/useDraft";
import { newLabel } from "../parts/labels";
import { labelText } from "../shell/values";
import type { ModelRelation } from "./graph";

const NONE: Entity[] = [];

interface RelationDraft {
  source: string;
  target: string;
  label: string;
  many: boolean;
}

/** Everything that can be done to the model from its picture or its list, each one edit of the draft. */
export function useModelEdits() {
  const { t } = useTranslation("model");
  const language = useLanguage();
  const { definitions, edit } = useDraft();
  const entities = definitions.entities ?? NONE;
  const name = useCallback(
    (label: Label | undefined, otherwise = "") => labelText(label, language, otherwise),
    [language],
  );
  const entity = (key: string) => entities.find((each) => each.key === key);

  const addEntity = async (label: string) => {
    const key = await makeKey(label, entities.map((each) => each.key), "form"); // biome-ignore format: one call
    const title: Field = { key: "name", label: newLabel(t("firstField"), language), type: "text", required: true };
    const value: Entity = { key, label: newLabel(label, language), title: "name", fields: [title] };
    edit([{ op: "put", path: ["entities", key], value }], t("did.addEntity", { name: label }));
    return key;
  };

  const addRelation = async ({ source, target, label, many }: RelationDraft) => {
    const from = entity(source);
    if (!from) return;
    const key = await makeKey(label, from.fields.map((each) => each.key), target); // biome-ignore format: one call
    const value: Field = {
      key,
      label: newLabel(label, language),
      type: many ? "many_to_many" : "relation",
      options: { target },
    };
    edit(
      [{ op: "put", path: ["entities", source, "fields", key], value }],
      t("did.addRelation", { name: label, entity: name(from.label) }),
    );
  };

  const rename = (path: string[], label: Label | undefined, was: string) =>
    edit([{ op: "put", path: [...path, "label"], value: label ?? { zh: "" } }], t("did.rename", { name: was }));

  const dropRelation = (relation: ModelRelation) =>
    edit(
      [{ op: "drop", path: ["entities", relation.entity, "fields", relation.field.key] }],
      t("did.dropRelation", { name: name(relation.field.label) }),
    );

  /** Deletes an entity with what is about it alone: its process, views, figures and permissions. */
  const dropEntity = (gone: Entity) => {
    const about: Op[] = [
      ...(definitions.processes ?? [])
        .filter((each) => each.entity === gone.key)
        .map((each) => drop("processes", each.key)),
      ...(definitions.views ?? []).filter((each) => each.entity === gone.key).map((each) => drop("views", each.key)),
      ...(definitions.numbers ?? [])
        .filter((each) => each.entity === gone.key)
        .map((each) => drop("numbers", each.key)),
      ...(definitions.roles ?? [])
        .filter((role) => role.grants?.some((grant) => grant.entity === gone.key))
        .map((role): Op => ({ op: "drop", path: ["roles", role.key, "grants", gone.key] })),
      ...menuDrops(gone.key),
    ];
    edit([...about, drop("entities", gone.key)], t("did.dropEntity", { name: name(gone.label) }));
  };

  const menuDrops = (key: string): Op[] => {
    const views = new Set((definitions.views ?? []).filter((each) => each.entity === key).map((each) => each.key));
    return (definitions.apps ?? []).flatMap((app) =>
      (app.menu ?? [])
        .filter((item) => views.has(item.view ?? ""))
        .map((item): Op => ({ op: "drop", path: ["apps", app.key, "menu", item.key] })),
    );
  };

  return { definitions, entities, entity, name, addEntity, addRelation, rename, dropRelation, dropEntity };
}

function drop(list: string, key: string): Op {
  return { op: "drop", path: [list, key] };
}
