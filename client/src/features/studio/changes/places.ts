/** Where in the studio a place of the definitions is edited. */
import type { LinkProps } from "@tanstack/react-router";

type Place = Pick<LinkProps, "to" | "params">;

export function placeOf(path: readonly (string | number)[]): Place {
  const [collection, key] = [String(path[0] ?? ""), path[1] === undefined ? undefined : String(path[1])];
  if (collection === "entities")
    return key ? { to: "/studio/forms/$entity", params: { entity: key } } : { to: "/studio/forms" };
  if (collection === "processes" || collection === "moves" || collection === "running")
    return key ? { to: "/studio/processes/$process", params: { process: key } } : { to: "/studio/processes" };
  if (collection === "option_sets" || collection === "numberings") return { to: "/studio/choices" };
  if (collection === "numbers") return { to: "/studio/figures" };
  if (collection === "public_forms") return { to: "/studio/public" };
  if (collection === "tours") return { to: "/studio/tours" };
  if (collection === "views" || collection === "pages") return { to: "/studio/views" };
  if (collection === "roles") return { to: "/studio/roles" };
  return { to: "/studio" };
}
