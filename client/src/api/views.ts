import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./keys";
import type { ViewDefinition } from "./types";

export type ViewDraft = Pick<
  ViewDefinition,
  | "entity"
  | "label"
  | "kind"
  | "columns"
  | "widths"
  | "frozen"
  | "filter"
  | "sort"
  | "group"
  | "groups"
  | "measures"
  | "summary"
  | "card"
  | "colours"
  | "calendar"
  | "gallery"
  | "map"
  | "timeline"
  | "shared"
>;

/** Personal views of the signed-in member. */
export function useViewChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: keys.definitions });
  return {
    create: useMutation({
      mutationFn: (draft: Omit<ViewDraft, "shared">) => api.post<ViewDefinition>("/views", draft),
      onSuccess,
    }),
    update: useMutation({
      mutationFn: ({ key, ...change }: Partial<ViewDraft> & { key: string }) =>
        api.patch<ViewDefinition>(`/views/${key}`, change),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (key: string) => api.delete<void>(`/views/${key}`), onSuccess }),
  };
}
