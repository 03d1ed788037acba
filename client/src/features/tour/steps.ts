/** Where a tour stands and what comes next. Pure. */
import type { Tour, TourStep } from "@/api/types/entrances";

/** Whether an address is the one that a step names; `*` stands for one part of it. */
export function isPage(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.replace(/\/$/, "").split("/");
  if (pattern === "/") return path === "/";
  return (
    wanted.length <= given.length &&
    wanted.every((part, at) => (part === "*" ? Boolean(given[at]) : part === given[at])) &&
    (wanted.length === given.length || pattern.endsWith("*"))
  );
}

export function currentStep(tour: Tour): TourStep | undefined {
  const at = tour.steps.findIndex((step) => step.key === tour.progress?.step);
  return tour.steps[Math.max(0, at)];
}

/** A place to go to for a step, where its address has no open parts. */
export function target(step: TourStep): string | null {
  return step.page && !step.page.includes("*") ? step.page : null;
}

export function nextStep(tour: Tour, step: TourStep): TourStep | undefined {
  return tour.steps[tour.steps.indexOf(step) + 1];
}
