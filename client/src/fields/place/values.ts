import type { Json } from "@/api/types";

export interface Place {
  lat: number;
  lng: number;
  accuracy: number | null;
}

export function placeOf(value: Json): Place | null {
  if (!value || typeof value !== "object" || Array.isArray(value)) return null;
  const { lat, lng, accuracy } = value;
  if (typeof lat !== "number" || typeof lng !== "number") return null;
  return { lat, lng, accuracy: typeof accuracy === "number" ? accuracy : null };
}
