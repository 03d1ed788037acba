/** How the client looks: theme and density. The server keeps it for each member, this device for the first paint. */
import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";
export type Density = "comfortable" | "compact";

export interface Appearance {
  theme: Theme;
  density: Density;
}

export const THEMES: Theme[] = ["system", "light", "dark"];
export const DENSITIES: Density[] = ["comfortable", "compact"];
const STORED = "xiaolu.appearance";
const BARS = { light: "#15332d", dark: "#0c1311" };
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function stored(): Appearance {
  let kept: Partial<Appearance> = {};
  try {
    kept = (JSON.parse(localStorage.getItem(STORED) ?? "{}") as Partial<Appearance> | null) ?? {};
  } catch {
    // Whatever is there is not ours.
  }
  return {
    theme: THEMES.find((each) => each === kept.theme) ?? "system",
    density: DENSITIES.find((each) => each === kept.density) ?? "comfortable",
  };
}

let current = stored();

function shownTheme(): "light" | "dark" {
  if (current.theme === "system") return dark.matches ? "dark" : "light";
  return current.theme;
}

function show(): void {
  const root = document.documentElement;
  const theme = shownTheme();
  root.dataset.theme = theme;
  root.dataset.density = current.density;
  document.querySelector("meta[name=theme-color]")?.setAttribute("content", BARS[theme]);
  for (const listener of listeners) listener();
}

/** Shows an appearance at once and keeps it on this device. */
export function applyAppearance(next: Partial<Appearance>): void {
  const changed = { ...current, ...next };
  if (changed.theme === current.theme && changed.density === current.density) return;
  current = changed;
  localStorage.setItem(STORED, JSON.stringify(current));
  show();
}

export function startAppearance(): void {
  dark.addEventListener("change", show);
  show();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What was chosen. */
export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribe, () => current);
}

/** The theme that is on the screen, where the system may have decided. */
export function useShownTheme(): "light" | "dark" {
  return useSyncExternalStore(subscribe, shownTheme);
}
