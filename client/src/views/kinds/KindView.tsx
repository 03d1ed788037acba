import { lazy, Suspense } from "react";
import { SkeletonLines } from "@/ui/surfaces";
import type { KindProps } from "./kind";

const kinds = {
  calendar: lazy(() => import("../calendar/Calendar").then((module) => ({ default: module.Calendar }))),
  gallery: lazy(() => import("../gallery/Gallery").then((module) => ({ default: module.Gallery }))),
  map: lazy(() => import("../map/RecordMap").then((module) => ({ default: module.RecordMap }))),
  timeline: lazy(() => import("../timeline/Timeline").then((module) => ({ default: module.Timeline }))),
};
type LazyKind = keyof typeof kinds;

/** Kinds that come when they are first needed. A kind without the field it stands on is shown as a table instead. */
export function lazyKind(view: KindProps["view"] | undefined): LazyKind | null {
  if (view?.kind === "gallery") return "gallery";
  if (view?.kind === "calendar" && view.calendar) return "calendar";
  if (view?.kind === "map" && view.map) return "map";
  return view?.kind === "timeline" && view.timeline ? "timeline" : null;
}

export function KindView({ kind, ...props }: KindProps & { kind: LazyKind }) {
  const Part = kinds[kind];
  return (
    <Suspense fallback={<SkeletonLines lines={8} />}>
      <Part {...props} />
    </Suspense>
  );
}
