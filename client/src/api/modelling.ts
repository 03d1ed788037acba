/** Usages, counts, next numbers and the work calendar: what those who build look things up with. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./keys";
import type { NextNumbers, OwnDay, UsedKind, UsedPlace, WorkHours, WorkYear } from "./types";

export interface Used {
  kind: UsedKind;
  key: string;
  /** Entity of a field, set of an option, process of a stage. */
  entity?: string | undefined;
}

/** Where something is used in the draft, as it was at `revision`. */
export function useUsages(used: Used | null, revision: number) {
  return useQuery({
    queryKey: keys.usages(used, revision),
    queryFn: ({ signal }) =>
      api.get<UsedPlace[]>(
        "/studio/usages",
        { kind: used?.kind ?? "", key: used?.key ?? "", entity: used?.entity ?? "" },
        signal,
      ),
    enabled: used !== null,
    gcTime: 60_000,
  });
}

export function useChoiceCounts(set: string) {
  return useQuery({
    queryKey: keys.choiceCounts(set),
    queryFn: async () =>
      (await api.get<{ counts: Record<string, number> | null }>(`/studio/choices/${set}/counts`)).counts,
    staleTime: 30_000,
  });
}

export interface EntityCounts {
  counts: Record<string, number>;
  /** Counted no further. */
  most: number;
}

/** Where entities stand on the picture of the model. */
export type ModelPlaces = Record<string, { x: number; y: number }>;

export function useModelPlaces() {
  return useQuery({
    queryKey: keys.modelPlaces,
    queryFn: async () => (await api.get<{ places: ModelPlaces }>("/studio/model/places")).places,
    staleTime: 30_000,
  });
}

export function usePlaceChanges() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { places: ModelPlaces; keep: boolean }) => api.put<void>("/studio/model/places", change),
    onSuccess: (_done, change) =>
      client.setQueryData<ModelPlaces>(keys.modelPlaces, (was) => ({
        ...(change.keep ? was : {}),
        ...change.places,
      })),
  });
}

export function useEntityCounts() {
  return useQuery({
    queryKey: keys.entityCounts,
    queryFn: () => api.get<EntityCounts>("/studio/model/counts"),
    staleTime: 60_000,
  });
}

export interface NumberingDraft {
  key: string;
  pattern: string;
  reset: string;
  start: number;
}

export function useNextNumbers(numbering: NumberingDraft) {
  return useQuery({
    queryKey: keys.nextNumbers(numbering),
    queryFn: ({ signal }) => api.post<NextNumbers>("/studio/numberings/preview", numbering, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}

export function useWorkYear(year: number) {
  return useQuery({
    queryKey: keys.workYear(year),
    queryFn: () => api.get<WorkYear>("/studio/calendar", { year: String(year) }),
    placeholderData: keepPreviousData,
  });
}

export function useWorkChanges() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keys.workCalendar });
  return {
    hours: useMutation({ mutationFn: (hours: WorkHours) => api.put<void>("/studio/calendar", hours), onSettled }),
    days: useMutation({ mutationFn: (days: OwnDay[]) => api.put<void>("/studio/calendar/days", { days }), onSettled }),
  };
}
