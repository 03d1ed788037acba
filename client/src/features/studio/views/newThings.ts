/** New views, pages and blocks with settings that make sense from the start. Pure. */
import type { BlockKind, ViewKind } from "@/api/types";
import type { Block, Definitions, Entity, Label, Page, View } from "@/api/types/studio";
import { type FieldChoice, laneable, listable, MOMENTS, ofTypes, PICTURES } from "./fields";

interface ViewWish {
  key: string;
  entity: Entity;
  kind: ViewKind;
  fields: FieldChoice[];
  label: Label;
}

/** A view of a kind, standing on the first fields that fit it. */
export function newView({ key, entity, kind, fields, label }: ViewWish): View {
  const own = new Set(entity.fields.map((field) => field.key));
  const first = (types: readonly string[]) => {
    const fitting = ofTypes(fields, types);
    return (fitting.find((field) => own.has(field.key)) ?? fitting[0])?.key;
  };
  const base: View = { key, label, entity: entity.key };
  const columns = [entity.title, ...listable(fields.filter((field) => own.has(field.key))).map((field) => field.key)];
  if (kind === "grid") return { ...base, columns: [...new Set(columns)].slice(0, 8) };
  const start = first(MOMENTS) ?? "created_at";
  const hasStage = fields.some((field) => field.key === "stage");
  const card = [...new Set(columns.slice(1))].slice(0, 4);
  const shown = { ...base, kind, ...(card.length > 0 ? { card } : {}) };
  if (kind === "calendar") return { ...shown, calendar: { start, ...(hasStage ? { colour: "stage" } : {}) } };
  if (kind === "timeline") {
    const end = ofTypes(fields, MOMENTS).find((field) => field.key !== start && own.has(field.key))?.key;
    return { ...shown, timeline: { start, ...(end ? { end } : {}), ...(hasStage ? { colour: "stage" } : {}) } };
  }
  if (kind === "map") {
    const place = first(["location"]);
    return { ...shown, ...(place ? { map: { place } } : {}) };
  }
  if (kind === "gallery") {
    const picture = first(PICTURES);
    return { ...shown, ...(picture ? { gallery: { picture } } : {}) };
  }
  const lane = hasStage ? undefined : laneable(fields)[0]?.key;
  return { ...shown, ...(lane ? { group: lane } : {}) };
}

export function newPage(key: string, label: Label): Page {
  return {
    key,
    label,
    blocks: [
      { key: "numbers", kind: "numbers" },
      { key: "tasks", kind: "tasks", width: 8 },
      { key: "recent", kind: "recent", width: 4 },
    ],
  };
}

/** A block of a kind with whatever it needs, as far as the definitions have it. */
export function newBlock(key: string, kind: BlockKind, definitions: Definitions, say: (name: string) => Label): Block {
  const base: Block = { key, kind };
  const [process] = definitions.processes ?? [];
  const [view] = definitions.views ?? [];
  const entity = definitions.entities?.find((each) => !each.parent);
  switch (kind) {
    case "stalled":
      return { ...base, width: 8, ...(process ? { process: process.key } : {}) };
    case "stages":
      return { ...base, ...(process ? { process: process.key } : {}) };
    case "view":
      return { ...base, width: 8, ...(view ? { view: view.key } : {}) };
    case "figures": {
      const group = process && entity?.key === process.entity ? "stage" : "owner";
      return { ...base, width: 6, group, ...(entity ? { entity: entity.key } : {}) };
    }
    case "tasks":
      return { ...base, width: 8 };
    case "recent":
      return { ...base, width: 4 };
    case "shortcuts":
      return {
        ...base,
        width: 4,
        links: entity ? [{ label: say("newShortcut"), create: entity.key }] : [{ label: say("newShortcut"), url: "/" }],
      };
    case "text":
      return { ...base, width: 4, text: say("newText") };
    default:
      return base;
  }
}
