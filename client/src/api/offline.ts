/** Whether answers come from the server, or from what the browser last saw of it. */
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let seen: string | null = null;

/** Notes when an answer was really given: null for one that came just now. */
export function noteSeen(at: string | null): void {
  if (at === seen || (at !== null && seen !== null && at > seen)) return;
  seen = at;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The instant of the oldest answer on the screen while there is no network; null while there is one. */
export function useSeenAt(): string | null {
  return useSyncExternalStore(subscribe, () => seen);
}
