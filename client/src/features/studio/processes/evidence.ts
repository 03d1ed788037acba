/** Validators of a proof: which a kind has, and what they say in plain words. Pure. */
import type { EvidenceSlot } from "@/api/types/studio";

export type Kind = "file" | "image" | "text" | "link" | "event";
export const KINDS: Kind[] = ["file", "image", "text", "link", "event"];

export const MEGABYTE = 1_048_576;
/** Events that the platform itself writes down. */
export const EVENTS = ["task.done:todo", "task.done", "record.updated", "comment.added"] as const;

const FILES = ["content_types", "max_bytes", "min_bytes", "max_age_hours", "not_future", "exif_time"];
const BY_KIND: Record<Kind, string[]> = {
  file: FILES,
  image: [...FILES, "exif_place"],
  text: ["min_length", "phrases"],
  link: ["entity"],
  event: ["event"],
};

/** The validators that still make sense once the kind is another one. */
export function fitting(slot: EvidenceSlot, kind: Kind): Record<string, unknown> | undefined {
  const kept = Object.entries(slot.validators ?? {}).filter(([name]) => BY_KIND[kind].includes(name));
  if (kind === "event" && kept.length === 0) return { event: EVENTS[0] };
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
