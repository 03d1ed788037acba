import type { UsedPlace } from "@/api/types";

/** The page of the studio where a use can be changed. */
export function placeOf(place: UsedPlace): string | null {
  switch (place.kind) {
    case "field":
    case "rule":
      return place.entity ? `/studio/forms/${place.entity}` : null;
    case "entity":
      return `/studio/forms/${place.key}`;
    case "process":
      return `/studio/processes/${place.key}`;
    case "view":
    case "number":
    case "page":
      return "/studio/views";
    case "role":
      return "/studio/roles";
    case "option_set":
      return "/studio/choices";
    case "app":
      return "/studio";
    case "member":
      return "/admin/members";
    default:
      return null;
  }
}
