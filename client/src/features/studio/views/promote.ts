/** A view that somebody saved in a list, as a definition: what has its default is left out. Pure. */
import type { ViewDefinition } from "@/api/types";
import type { View } from "@/api/types/studio";
import { newLabel } from "../parts/labels";

const SETTINGS = [
  "columns",
  "widths",
  "filter",
  "sort",
  "group",
  "groups",
  "measures",
  "summary",
  "card",
  "colours",
  "calendar",
  "gallery",
  "map",
  "timeline",
] as const;

function isSet(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

export function promoted(view: ViewDefinition, key: string, language: string): View {
  const settings = Object.fromEntries(SETTINGS.filter((name) => isSet(view[name])).map((name) => [name, view[name]]));
  return {
    key,
    label: newLabel(view.label, language),
    entity: view.entity,
    ...(view.kind === "grid" ? {} : { kind: view.kind }),
    ...(view.frozen === 1 ? {} : { frozen: view.frozen }),
    ...(settings as Partial<View>),
  };
}
