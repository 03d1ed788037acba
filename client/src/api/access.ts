import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./keys";

/** Which of some records a member sees. */
export function useSeenBy(entity: string, member: string, ids: string[]) {
  return useQuery({
    queryKey: [...keys.entity(entity), "seen", member, ids],
    queryFn: async ({ signal }) =>
      (await api.post<{ ids: string[] }>(`/records/${entity}/access/seen`, { member, ids }, signal)).ids,
    enabled: ids.length > 0,
  });
}

/** Begins or ends seeing the system as somebody else; everything is loaded anew, since everything may differ. */
export function useViewing() {
  const reload = () => window.location.assign("/");
  return {
    start: useMutation({
      mutationFn: (member: string) => api.post<unknown>("/session/view", { member }),
      onSuccess: reload,
    }),
    end: useMutation({ mutationFn: () => api.delete<unknown>("/session/view"), onSuccess: reload }),
  };
}
