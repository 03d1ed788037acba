import type { Json } from "@/api/types";

export interface Place {
  lat: number;
  lng: number;
  accuracy: number | null;
  address: string;
}

const WRITTEN = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/;

/** A position as somebody writes it: latitude, longitude. */
export function readPlace(text: string): { lat: number; lng: number } | null {
  const found = WRITTEN.exec(text);
  if (!found) return null;
  const [lat, lng] = [Number(found[1]), Number(found[2])];
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { lat, lng } : null;
}

export const writtenPlace = ({ lat, lng }: Pick<Place, "lat" | "lng">) => `${lat.toFixed(6)}, ${lng.toFixed(6)}`;

export function placeOf(value: Json): Place | null {
  if (!value || typeof value !== "object" || Array.isArray(value)) return null;
  const { lat, lng, accuracy, address } = value;
  if (typeof lat !== "number" || typeof lng !== "number") return null;
  return { lat, lng, accuracy: typeof accuracy === "number" ? accuracy : null, address: String(address ?? "") };
}
