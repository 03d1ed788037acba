import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./keys";
import type { HomeNumber, NoticeKind, Notification, Task, TaskCounts } from "./types";

export function useTasks(state: Task["state"]) {
  return useInfiniteQuery({
    queryKey: keys.taskList(state),
    queryFn: ({ pageParam }) => api.get<{ tasks: Task[]; next: string | null }>("/tasks", { state, before: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

/** The tasks about one record, whoever has them, newest first. */
export function useRecordTasks(entity: string, id: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.part(entity, id, "tasks"),
    queryFn: async () => (await api.get<{ tasks: Task[] }>(`/records/${entity}/${id}/tasks`)).tasks,
    enabled,
  });
}

/** Kinds of notifications that may be switched off. */
export function useNoticeKinds() {
  return useQuery({
    queryKey: keys.noticeKinds,
    queryFn: async () => (await api.get<{ kinds: NoticeKind[] }>("/me/notices")).kinds,
  });
}

export function useNoticeChoice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (off: string[]) => (await api.put<{ kinds: NoticeKind[] }>("/me/notices", { off })).kinds,
    onSuccess: (kinds) => client.setQueryData(keys.noticeKinds, kinds),
  });
}

export function useTaskCounts() {
  return useQuery({ queryKey: keys.taskCounts, queryFn: () => api.get<TaskCounts>("/tasks/counts") });
}

export function useTaskChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: keys.tasks });
  return {
    done: useMutation({
      mutationFn: ({ id, note }: { id: string; note?: string }) => api.post<unknown>(`/tasks/${id}/done`, { note }),
      onSuccess,
    }),
    reassign: useMutation({
      mutationFn: ({ id, member }: { id: string; member: string }) =>
        api.post<unknown>(`/tasks/${id}/reassign`, { member }),
      onSuccess,
    }),
  };
}

interface NotificationPage {
  notifications: Notification[];
  unread: number;
  next?: string | null;
}

export function useNotifications() {
  return useQuery({ queryKey: keys.notifications, queryFn: () => api.get<NotificationPage>("/notifications") });
}

export function useReadNotifications() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[] | "all") =>
      api.post<unknown>("/notifications/read", ids === "all" ? { all: true } : { ids }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.notifications }),
  });
}

export function useNumbers() {
  return useQuery({
    queryKey: keys.numbers,
    queryFn: async () => (await api.get<{ numbers: HomeNumber[] }>("/numbers")).numbers,
    staleTime: 30_000,
  });
}
