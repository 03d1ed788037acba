import { CalendarDays, ChartGantt, Columns2, FileStack, Images, MapPinned, Table2 } from "lucide-react";
import type { ViewKind } from "@/api/types";

const ICONS = {
  grid: Table2,
  board: Columns2,
  calendar: CalendarDays,
  gallery: Images,
  map: MapPinned,
  timeline: ChartGantt,
  page: FileStack,
};

export function KindIcon({ kind, size = 15 }: { kind: ViewKind | "page"; size?: number }) {
  const Icon = ICONS[kind] ?? Table2;
  return <Icon size={size} aria-hidden="true" />;
}
