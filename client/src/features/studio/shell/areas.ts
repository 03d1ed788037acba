/** The places of the studio, in the order in which they are listed. */
import {
  CalendarDays,
  Flag,
  Footprints,
  GitCompareArrows,
  Globe,
  History,
  LayoutGrid,
  ListChecks,
  type LucideIcon,
  PanelsTopLeft,
  ShieldCheck,
  Sigma,
  Table2,
  Waypoints,
  Workflow,
} from "lucide-react";

export const AREAS = [
  "apps",
  "forms",
  "model",
  "choices",
  "processes",
  "views",
  "figures",
  "roles",
  "calendar",
  "public",
  "tours",
  "obstacles",
  "changes",
  "history",
] as const;
export type Area = (typeof AREAS)[number];

interface AreaPlace {
  /** Where the area's link leads. */
  to: string;
  /** What the paths of the area begin with. */
  prefix: string;
  icon: LucideIcon;
}

export const AREA_PLACES: Record<Area, AreaPlace> = {
  apps: { to: "/studio", prefix: "/studio", icon: LayoutGrid },
  forms: { to: "/studio/forms", prefix: "/studio/forms", icon: PanelsTopLeft },
  model: { to: "/studio/data", prefix: "/studio/data", icon: Waypoints },
  choices: { to: "/studio/choices", prefix: "/studio/choices", icon: ListChecks },
  processes: { to: "/studio/processes", prefix: "/studio/processes", icon: Workflow },
  views: { to: "/studio/views", prefix: "/studio/views", icon: Table2 },
  figures: { to: "/studio/figures", prefix: "/studio/figures", icon: Sigma },
  roles: { to: "/studio/roles", prefix: "/studio/roles", icon: ShieldCheck },
  calendar: { to: "/studio/calendar", prefix: "/studio/calendar", icon: CalendarDays },
  public: { to: "/studio/public", prefix: "/studio/public", icon: Globe },
  tours: { to: "/studio/tours", prefix: "/studio/tours", icon: Footprints },
  obstacles: { to: "/studio/obstacles", prefix: "/studio/obstacles", icon: Flag },
  changes: { to: "/studio/changes", prefix: "/studio/changes", icon: GitCompareArrows },
  history: { to: "/studio/history", prefix: "/studio/history", icon: History },
};

/** The area that a path lies in. */
export function areaOf(path: string): Area {
  const inside = AREAS.filter((area) => path.startsWith(AREA_PLACES[area].prefix));
  return inside.sort((one, other) => AREA_PLACES[other].prefix.length - AREA_PLACES[one].prefix.length)[0] ?? "apps";
}
