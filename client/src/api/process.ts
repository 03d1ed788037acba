import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./keys";
import type { Evidence, EvidenceDraft, FileInfo, MoveDraft, Moves, Problem, RecordRow } from "./types";

export function useMoves(entity: string, id: string, enabled = true) {
  return useQuery({
    queryKey: keys.part(entity, id, "moves"),
    queryFn: ({ signal }) => api.get<Moves>(`/records/${entity}/${id}/moves`, undefined, signal),
    enabled,
  });
}

/** What would stand against a move with the values given so far; asked again as they change. */
export function useMoveCheck(entity: string, id: string, draft: Omit<MoveDraft, "version">) {
  return useQuery({
    queryKey: [...keys.part(entity, id, "moves"), "check", draft],
    queryFn: async ({ signal }) =>
      (await api.post<{ problems: Problem[] }>(`/records/${entity}/${id}/move/check`, draft, signal)).problems,
    placeholderData: (former) => former,
    retry: false,
  });
}

export function useMove(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...draft }: MoveDraft & { id: string }) =>
      api.post<RecordRow>(`/records/${entity}/${id}/move`, draft),
    onSuccess: (record) => {
      client.setQueryData(keys.record(entity, record.id), record);
      client.invalidateQueries({ queryKey: keys.entity(entity) });
      client.invalidateQueries({ queryKey: keys.numbers });
      client.invalidateQueries({ queryKey: keys.tasks });
    },
  });
}

export function useEvidence(entity: string, id: string) {
  return useQuery({
    queryKey: keys.part(entity, id, "evidence"),
    queryFn: async () => (await api.get<{ evidence: Evidence[] }>(`/records/${entity}/${id}/evidence`)).evidence,
  });
}

export function useAddEvidence(entity: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: EvidenceDraft) => api.post<Evidence>(`/records/${entity}/${id}/evidence`, draft),
    onSuccess: () => {
      for (const part of ["evidence", "moves", "history"]) {
        client.invalidateQueries({ queryKey: keys.part(entity, id, part) });
      }
    },
  });
}

export async function uploadFile(file: File): Promise<FileInfo> {
  const form = new FormData();
  form.append("file", file, file.name);
  return api.upload<FileInfo>("/files", form);
}

export const fileUrl = (id: string) => `/api/files/${id}`;
export const previewUrl = (id: string, width: number) => `/api/files/${id}/preview?width=${width}`;
