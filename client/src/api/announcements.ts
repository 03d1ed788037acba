import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, saveBlob } from "./client";
import { keys } from "./keys";
import type { Announcement, AnnouncementDraft, Confirmation, PublishedAnnouncement } from "./types";

/** What reaches the member now, first what is still to be confirmed. */
export function useAnnouncements() {
  return useQuery({
    queryKey: keys.announcements,
    queryFn: async () => (await api.get<{ announcements: Announcement[] }>("/announcements")).announcements,
    staleTime: 60_000,
  });
}

export function useConfirm() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<unknown>(`/announcements/${id}/confirm`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.announcements }),
  });
}

/** All announcements, for whoever may publish them. */
export function usePublished() {
  return useQuery({
    queryKey: [...keys.announcements, "published"],
    queryFn: async () =>
      (await api.get<{ announcements: PublishedAnnouncement[] }>("/announcements/published")).announcements,
  });
}

export function useConfirmations(id: string) {
  return useQuery({
    queryKey: [...keys.announcements, "confirmations", id],
    queryFn: async () =>
      (await api.get<{ confirmations: Confirmation[] }>(`/announcements/${id}/confirmations`)).confirmations,
  });
}

export function useAnnouncementChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: keys.announcements });
  return {
    publish: useMutation({
      mutationFn: (draft: AnnouncementDraft) => api.post<PublishedAnnouncement>("/announcements", draft),
      onSuccess,
    }),
    withdraw: useMutation({ mutationFn: (id: string) => api.delete<void>(`/announcements/${id}`), onSuccess }),
    download: useMutation({
      mutationFn: async (id: string) => {
        const { blob, name } = await api.download("GET", `/announcements/${id}/confirmations.csv`);
        saveBlob(blob, name);
      },
    }),
  };
}
