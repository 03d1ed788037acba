/** Which tour is on, kept beside the pages so that it goes on while one moves about. */
import { useSyncExternalStore } from "react";

interface TourState {
  /** Key of the tour that is shown. */
  tour: string | null;
  /** Whether the list of tours is open. */
  listed: boolean;
}

let state: TourState = { tour: null, listed: false };
const listeners = new Set<() => void>();

function put(next: TourState): void {
  state = next;
  for (const listener of listeners) listener();
}

export const showTour = (tour: string | null) => put({ tour, listed: false });
export const listTours = (listed: boolean) => put({ ...state, listed });

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTourState = (): TourState => useSyncExternalStore(subscribe, () => state);
