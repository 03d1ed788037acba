import type { Edge } from "@xyflow/react";
import { MarkerType } from "@xyflow/react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntityCounts, ModelPlaces } from "@/api/modelling";
import { useDraft } from "../draft/useDraft";
import { arrange, FIELD_HEIGHT, NODE } from "./arranging";
import type { EntityFlowNode } from "./EntityNode";
import { appOf, colourOfApp, type ModelRelation } from "./graph";
import type { Chosen } from "./ModelPage";
import { useModelEdits } from "./useModelEdits";

interface FlowInput {
  places: ModelPlaces;
  relations: ModelRelation[];
  counts: EntityCounts | undefined;
  /** Entities that are looked for; null: none in particular. */
  found: string[] | null;
  chosen: Chosen | null;
}

/** Nodes and edges of the picture over the draft. */
export function useFlow({ places, relations, counts, found, chosen }: FlowInput) {
  const { t } = useTranslation("model");
  const { definitions, entities, name } = useModelEdits();
  const { problemsAt } = useDraft();
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [moved, setMoved] = useState<ModelPlaces | null>(null);

  const heights = useMemo(
    () =>
      entities.map((each) => ({
        key: each.key,
        height: NODE.height + (unfolded.has(each.key) ? each.fields.length * FIELD_HEIGHT + 8 : 0),
      })),
    [entities, unfolded],
  );
  const arranged = useMemo(
    () => arrange(entities.map((each) => ({ key: each.key, height: NODE.height })), relations), // biome-ignore format: one call
    [entities, relations],
  );
  const at = moved ?? places;

  const note = useCallback(
    (key: string, fields: number): string => {
      const records = counts?.counts[key];
      const parts = [t("fields", { count: fields })];
      if (counts && records !== undefined)
        parts.push(t(records >= counts.most ? "recordsMany" : "records", { count: records }));
      return parts.join(" · ");
    },
    [counts, t],
  );

  const nodes = useMemo(
    (): EntityFlowNode[] =>
      entities.map((entity) => ({
        id: entity.key,
        type: "entity",
        position: at[entity.key] ?? arranged.get(entity.key) ?? { x: 0, y: 0 },
        selected: chosen?.kind === "entity" && chosen.id === entity.key,
        ariaLabel: name(entity.label, entity.key),
        width: NODE.width,
        height: heights.find((each) => each.key === entity.key)?.height ?? NODE.height,
        data: {
          label: name(entity.label, entity.key),
          icon: entity.icon,
          colour: colourOfApp(appOf(entity, definitions), definitions),
          note: note(entity.key, entity.fields.length),
          fields: unfolded.has(entity.key)
            ? entity.fields.map((field) => ({
                key: field.key,
                label: name(field.label, field.key),
                type: t(`types.${field.type}` as "types.text", { defaultValue: field.type }),
              }))
            : null,
          isDim: found !== null && !found.includes(entity.key),
          hasProblem: problemsAt(["entities", entity.key]).length > 0,
          onFields: () =>
            setUnfolded((was) => {
              const next = new Set(was);
              if (!next.delete(entity.key)) next.add(entity.key);
              return next;
            }),
        },
      })),
    [entities, definitions, at, arranged, heights, unfolded, chosen, found, name, t, problemsAt, note],
  );

  const edges = useMemo(
    (): Edge[] =>
      relations.map((relation) => ({
        id: relation.id,
        source: relation.entity,
        target: relation.target,
        label: `${name(relation.field.label)} · ${t(`cardinality.${relation.cardinality}`)}`,
        selected: chosen?.kind === "relation" && chosen.id === relation.id,
        markerEnd: { type: MarkerType.ArrowClosed, width: 18, height: 18 },
        ariaLabel: t(`words.${relation.cardinality}`, {
          source: name(entities.find((each) => each.key === relation.entity)?.label),
          target: name(entities.find((each) => each.key === relation.target)?.label),
        }),
      })),
    [relations, entities, chosen, name, t],
  );
  return { nodes, edges, arranged, setMoved };
}
