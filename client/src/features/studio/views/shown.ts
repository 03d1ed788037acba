/** Views and pages of the draft as lists and pages show them. Pure. */
import type { BlockDefinition, Condition, PageDefinition, ViewDefinition } from "@/api/types";
import type { Block, Page, View } from "@/api/types/studio";
import { labelText } from "../parts/labels";

type Known = (field: string) => boolean;

/** The view with its defaults; fields that nobody has published yet are left out. */
export function shownView(view: View, language: string, known: Known): ViewDefinition {
  const only = <T extends { field: string }>(list: T[] | undefined) => (list ?? []).filter((each) => known(each.field));
  const kept = <T>(mapping: Record<string, T> | undefined) =>
    Object.fromEntries(Object.entries(mapping ?? {}).filter(([key]) => known(key)));
  const calendar = view.calendar && known(view.calendar.start) ? view.calendar : null;
  const timeline = view.timeline && known(view.timeline.start) ? view.timeline : null;
  return {
    key: `draft-${view.key}`,
    label: labelText(view.label, language),
    entity: view.entity,
    kind: (view.kind ?? "grid") as ViewDefinition["kind"],
    columns: (view.columns ?? []).filter(known),
    widths: kept(view.widths),
    frozen: view.frozen ?? 1,
    filter: (view.filter ?? null) as Condition | null,
    sort: only(view.sort),
    group: view.group && known(view.group) ? view.group : null,
    groups: only(view.groups) as ViewDefinition["groups"],
    measures: (view.measures ?? []) as ViewDefinition["measures"],
    summary: kept(view.summary) as ViewDefinition["summary"],
    card: (view.card ?? []).filter(known),
    colours: (view.colours ?? []) as ViewDefinition["colours"],
    calendar,
    gallery: (view.gallery ?? null) as ViewDefinition["gallery"],
    map: view.map && known(view.map.place) ? view.map : null,
    timeline: timeline as ViewDefinition["timeline"],
    personal: false,
    mine: false,
    shared: false,
  };
}

function shownBlock(block: Block, language: string): BlockDefinition {
  return {
    key: block.key,
    kind: block.kind as BlockDefinition["kind"],
    title: labelText(block.title, language),
    width: block.width ?? 12,
    limit: block.limit ?? 8,
    numbers: block.numbers ?? [],
    process: block.process ?? null,
    hours: block.hours ?? 72,
    since: block.since ?? null,
    view: block.view ?? null,
    entity: block.entity ?? null,
    filter: (block.filter ?? null) as Condition | null,
    group: block.group ?? null,
    measure: (block.measure ?? { do: "count" }) as BlockDefinition["measure"],
    links: (block.links ?? []).map((link) => ({
      label: labelText(link.label, language),
      view: link.view ?? null,
      page: link.page ?? null,
      create: link.create ?? null,
      url: link.url ?? null,
    })),
    text: labelText(block.text, language),
  };
}

export function shownPage(page: Page, language: string): PageDefinition {
  return {
    key: page.key,
    label: labelText(page.label, language),
    description: page.description ? labelText(page.description, language) : null,
    home: page.home ?? false,
    icon: page.icon ?? "appstore",
    blocks: (page.blocks ?? []).map((block) => shownBlock(block, language)),
  };
}
