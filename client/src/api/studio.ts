/** The draft that builders share, publishing it, its versions and the apps. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./keys";
import type {
  ApprovalRequest,
  Disagreement,
  DraftChanges,
  DraftDocument,
  DraftEdit,
  DraftProblem,
  Op,
  Published,
  Scheduled,
  StudioWork,
  VersionInfo,
} from "./types/studio";

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

/** Labels that are spelled in one request. */
const MANY = 500;

export const draftApi = {
  open: () => api.get<DraftDocument>("/studio/draft"),
  edit: (revision: number, label: string, ops: Op[]) =>
    api.post<Taken>("/studio/draft/edits", { revision, label: label.slice(0, 400), ops }),
  follow: (draft: number, after: number) => api.get<Followed>("/studio/draft/edits", { draft, after }),
  discard: () => api.delete<void>("/studio/draft"),
  publish: (note: string) => api.post<Published>("/studio/draft/publish", { note }),
  schedule: (at: string, note: string) => api.post<Scheduled>("/studio/draft/schedule", { at, note }),
  unschedule: () => api.delete<void>("/studio/draft/schedule"),
  askOwners: (note: string) => api.post<{ asked: number }>("/studio/draft/approvals", { note }),
  rebase: (resolutions: Resolutions) =>
    api.post<{ base_version: number; revision: number; conflicts: Disagreement[] }>("/studio/draft/rebase", {
      resolutions,
    }),
  key: async (label: string) => (await api.get<{ key: string }>("/studio/key", { label: label.slice(0, 200) })).key,
  keys: async (labels: string[]) => {
    const made: string[] = [];
    for (let from = 0; from < labels.length; from += MANY) {
      const some = labels.slice(from, from + MANY).map((each) => each.slice(0, 200));
      made.push(...(await api.post<{ keys: string[] }>("/studio/keys", { labels: some })).keys);
    }
    return made;
  },
};

/** What publishing the draft would do, as of a revision. */
export function useDraftChanges(draft: number, revision: number) {
  return useQuery({
    queryKey: keys.draftChanges(draft, revision),
    queryFn: ({ signal }) => api.get<DraftChanges>("/studio/draft/changes", undefined, signal),
  });
}

const WORK_EVERY_MS = 2_000;

/** Work on large tables; asked again and again while there is some. */
export function useStudioWork() {
  return useQuery({
    queryKey: keys.studioWork,
    queryFn: ({ signal }) => api.get<StudioWork>("/studio/work", undefined, signal),
    refetchInterval: ({ state }) => (state.data?.pending || state.data?.jobs.length ? WORK_EVERY_MS : false),
  });
}

export function useCancelWork() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete<void>("/studio/work"),
    onSettled: () => client.invalidateQueries({ queryKey: keys.publishing }),
  });
}

export function useVersions() {
  return useInfiniteQuery({
    queryKey: keys.versions,
    queryFn: ({ pageParam, signal }) =>
      api.get<{ versions: VersionInfo[]; next: number | null }>(
        "/studio/versions",
        { before: pageParam, limit: 30 },
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
  });
}

/** How a version differs from another; with null: what publishing it again would do now. */
export function useVersionChanges(version: number, since: number | null) {
  return useQuery({
    queryKey: keys.versionChanges(version, since),
    queryFn: ({ signal }) =>
      since === null
        ? api.get<DraftChanges>(`/studio/versions/${version}/restoring`, undefined, signal)
        : api.get<DraftChanges>(`/studio/versions/${version}/changes`, { since }, signal),
  });
}

export const versionApi = {
  restore: (version: number, base: number, note: string) =>
    api.post<Published>(`/studio/versions/${version}/restore`, { base_version: base, note }),
  read: (version: number) =>
    api.get<{ version: number; definitions: DraftDocument["definitions"] }>(`/studio/versions/${version}`),
};

export function useApprovals() {
  return useQuery({
    queryKey: keys.approvals,
    queryFn: ({ signal }) =>
      api.get<{ waiting: ApprovalRequest[]; decided: ApprovalRequest[] }>("/approvals", undefined, signal),
  });
}

export function useDecide() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...decision }: { id: number; approved: boolean; reason: string }) =>
      api.post<void>(`/approvals/${id}`, decision),
    onSettled: () => {
      client.invalidateQueries({ queryKey: keys.approvals });
      client.invalidateQueries({ queryKey: keys.tasks });
    },
  });
}
