/** Which tour is on, kept beside the pages so that it goes on while one moves about. */
import { create } from "zustand";

interface TourStore {
  /** Key of the tour that is shown. */
  tour: string | null;
  listed: boolean;
  show: (tour: string | null) => void;
  list: (listed: boolean) => void;
}

export const useTourStore = create<TourStore>((set) => ({
  tour: null,
  listed: false,
  show: (tour) => set({ tour, listed: false }),
  list: (listed) => set({ listed }),
}));
