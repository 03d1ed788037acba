/** The data model as a graph: entities, and the fields that lead from one to another. Pure. */
import type { Definitions, Entity, Field } from "@/api/types/studio";

type Cardinality = "one" | "many" | "rows";

export interface ModelRelation {
  /** `entity.field`. */
  id: string;
  entity: string;
  field: Field;
  target: string;
  cardinality: Cardinality;
}

export interface Point {
  x: number;
  y: number;
}

const KINDS: Record<string, { cardinality: Cardinality; setting: string }> = {
  relation: { cardinality: "one", setting: "target" },
  many_to_many: { cardinality: "many", setting: "target" },
  sub_table: { cardinality: "rows", setting: "entity" },
};

export function relationsOf(definitions: Definitions): ModelRelation[] {
  const known = new Set((definitions.entities ?? []).map((each) => each.key));
  return (definitions.entities ?? []).flatMap((entity) =>
    entity.fields.flatMap((field) => {
      const kind = KINDS[field.type];
      const target = kind && field.options?.[kind.setting];
      if (!kind || typeof target !== "string" || !known.has(target)) return [];
      return [{ id: `${entity.key}.${field.key}`, entity: entity.key, field, target, cardinality: kind.cardinality }];
    }),
  );
}

/** The app whose menu shows an entity's views first; null where none does. A row of a sub-table belongs with its record. */
export function appOf(entity: Entity, definitions: Definitions): string | null {
  const home = entity.parent ?? entity.key;
  const views = new Set((definitions.views ?? []).filter((each) => each.entity === home).map((each) => each.key));
  const app = (definitions.apps ?? []).find((each) => (each.menu ?? []).some((item) => views.has(item.view ?? "")));
  return app?.key ?? null;
}

const COLOURS = ["green", "blue", "purple", "orange", "cyan", "pink", "gold", "lime", "red"] as const;

/** A colour for each app, and grey for what belongs to none. */
export function colourOfApp(app: string | null, definitions: Definitions): string {
  const at = (definitions.apps ?? []).findIndex((each) => each.key === app);
  return at < 0 ? "grey" : (COLOURS[at % COLOURS.length] ?? "grey");
}

/** Whether an entity is what somebody looks for. */
export function fitsSearch(entity: Entity, label: string, wanted: string): boolean {
  const text = wanted.trim().toLowerCase();
  return text === "" || label.toLowerCase().includes(text) || entity.key.includes(text);
}
