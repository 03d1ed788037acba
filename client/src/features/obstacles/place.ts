/** Where somebody is, read from the address and the page. */
import type { ObstaclePlace } from "@/api/types/entrances";

const ENTITY_PLACES = [/^\/e\/([a-z0-9_]+)(?:\/([0-9a-f-]{36}))?/, /^\/studio\/forms\/([a-z0-9_]+)/];

export function placeOf(path: string, entityOfView: (view: string) => string | undefined): ObstaclePlace {
  const place: ObstaclePlace = {
    page: path.slice(0, 200),
    width: window.innerWidth,
    language: document.documentElement.lang,
  };
  for (const pattern of ENTITY_PLACES) {
    const found = pattern.exec(path);
    if (found?.[1]) place.entity = found[1];
    if (found?.[2]) place.record = found[2];
  }
  const view = /^\/v\/([a-z0-9_]+)/.exec(path)?.[1];
  const entity = view ? entityOfView(view) : undefined;
  if (entity) place.entity = entity;
  const stage = document.querySelector<HTMLElement>("[data-current-stage]")?.dataset.currentStage;
  if (stage) place.stage = stage;
  return place;
}
