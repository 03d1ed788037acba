import type { Gallery, TemplateSummary } from "@/api/types/entrances";

/** Stands among industries for templates that fit every one. */
export const GENERAL = "general";

export interface Wanted {
  /** A key, GENERAL, or empty for all. */
  industry: string;
  /** A key, or empty for all. */
  family: string;
  text: string;
}

function isOf(template: TemplateSummary, industry: string): boolean {
  return industry === "" || (industry === GENERAL ? template.industry === null : template.industry === industry);
}

/** The templates of an industry that hold every word of a text in their name, description or industry's name. */
function ofIndustry({ templates, industries }: Gallery, { industry, text }: Wanted): TemplateSummary[] {
  const names = new Map(industries.map((each) => [each.key, each.label]));
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return templates.filter((each) => {
    if (!isOf(each, industry)) return false;
    const said = `${each.label} ${each.description} ${names.get(each.industry ?? "") ?? ""}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** What a gallery shows, and how many templates each family has for the same industry and text. */
export function sift(gallery: Gallery, wanted: Wanted): { shown: TemplateSummary[]; tally: Map<string, number> } {
  const found = ofIndustry(gallery, wanted);
  const tally = new Map<string, number>([["", found.length]]);
  for (const { family } of found) if (family) tally.set(family, (tally.get(family) ?? 0) + 1);
  return { shown: found.filter((each) => wanted.family === "" || each.family === wanted.family), tally };
}
