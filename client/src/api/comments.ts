import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./keys";
import type { FileText, Followers, Mention, RecordComment, Wording } from "./types";

interface CommentPage {
  comments: RecordComment[];
  next?: string | null;
}

interface Draft {
  text: string;
  files: string[];
}

const path = (entity: string, id: string) => `/records/${entity}/${id}`;

export function useComments(entity: string, id: string) {
  return useInfiniteQuery({
    queryKey: keys.part(entity, id, "comments"),
    queryFn: ({ pageParam, signal }) =>
      api.get<CommentPage>(`${path(entity, id)}/comments`, { before: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next ?? null,
  });
}

export function useCommentChanges(entity: string, id: string) {
  const client = useQueryClient();
  const onSuccess = () => {
    client.invalidateQueries({ queryKey: keys.part(entity, id, "comments") });
    client.invalidateQueries({ queryKey: keys.part(entity, id, "followers") });
  };
  return {
    add: useMutation({
      mutationFn: (draft: Draft) => api.post<RecordComment>(`${path(entity, id)}/comments`, draft),
      onSuccess,
    }),
    change: useMutation({
      mutationFn: ({ comment, ...draft }: Draft & { comment: RecordComment }) =>
        api.patch<RecordComment>(`${path(entity, id)}/comments/${comment.id}`, { ...draft, version: comment.version }),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (comment: RecordComment) =>
        api.delete<void>(`${path(entity, id)}/comments/${comment.id}`, { version: comment.version }),
      onSuccess,
    }),
  };
}

export function useWordings(entity: string, id: string, comment: string) {
  return useQuery({
    queryKey: [...keys.part(entity, id, "comments"), comment],
    queryFn: async () =>
      (await api.get<{ wordings: Wording[] }>(`${path(entity, id)}/comments/${comment}/history`)).wordings,
  });
}

/** People who could be named; `null` asks nothing. */
export function useMentionable(entity: string, id: string, q: string | null) {
  return useQuery({
    queryKey: [...keys.part(entity, id, "mentionable"), q],
    queryFn: async ({ signal }) =>
      (await api.get<{ people: Mention[] }>(`${path(entity, id)}/comments/people`, { q }, signal)).people,
    enabled: q !== null,
    staleTime: 60_000,
  });
}

export function useFollowers(entity: string, id: string) {
  return useQuery({
    queryKey: keys.part(entity, id, "followers"),
    queryFn: ({ signal }) => api.get<Followers>(`${path(entity, id)}/followers`, undefined, signal),
  });
}

export function useFollow(entity: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (follow: boolean) => {
      const mine = `${path(entity, id)}/followers/me`;
      return follow ? api.put<Followers>(mine, {}) : api.delete<Followers>(mine);
    },
    onSuccess: (followers) => client.setQueryData(keys.part(entity, id, "followers"), followers),
  });
}

export function useFileText(id: string) {
  return useQuery({
    queryKey: ["file-text", id],
    queryFn: ({ signal }) => api.get<FileText>(`/files/${id}/text`, undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
