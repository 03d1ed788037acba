/** The draft that builders share, and publishing it. */
import { useQuery } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./keys";
import type { Disagreement, DraftChanges, DraftDocument, DraftEdit, DraftProblem, Op, Published } from "./types/studio";

export interface Taken {
  revision: number;
  definitions: DraftDocument["definitions"] | null;
  problems: DraftProblem[];
}

export interface Followed {
  id: number;
  revision: number;
  base_version: number;
  edits: DraftEdit[];
  problems: DraftProblem[];
}

export type Resolutions = Record<string, "mine" | "theirs">;

export const draftApi = {
  open: () => api.get<DraftDocument>("/studio/draft"),
  edit: (revision: number, label: string, ops: Op[]) =>
    api.post<Taken>("/studio/draft/edits", { revision, label: label.slice(0, 400), ops }),
  follow: (draft: number, after: number) => api.get<Followed>("/studio/draft/edits", { draft, after }),
  discard: () => api.delete<void>("/studio/draft"),
  publish: (note: string) => api.post<Published>("/studio/draft/publish", { note }),
  rebase: (resolutions: Resolutions) =>
    api.post<{ base_version: number; revision: number; conflicts: Disagreement[] }>("/studio/draft/rebase", {
      resolutions,
    }),
  key: async (label: string) => (await api.get<{ key: string }>("/studio/key", { label: label.slice(0, 200) })).key,
};

/** What publishing the draft would do, as of a revision. */
export function useDraftChanges(draft: number, revision: number) {
  return useQuery({
    queryKey: keys.draftChanges(draft, revision),
    queryFn: ({ signal }) => api.get<DraftChanges>("/studio/draft/changes", undefined, signal),
  });
}
