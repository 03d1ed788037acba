import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, pathWith, saveBlob } from "./client";
import { keys } from "./keys";
import type {
  ApiKey,
  AuditEntry,
  AuditFilter,
  Department,
  DepartmentDraft,
  HealthDetails,
  Member,
  MemberDraft,
  Person,
  Region,
  Role,
} from "./types";

export function usePeople(q: string, enabled = true) {
  return useQuery({
    queryKey: keys.people(q),
    queryFn: async ({ signal }) => (await api.get<{ people: Person[] }>("/people", { q }, signal)).people,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled,
  });
}

export function useDepartments() {
  return useQuery({
    queryKey: keys.departments,
    queryFn: async () => (await api.get<{ departments: Department[] }>("/departments")).departments,
    staleTime: 60_000,
  });
}

export function useRegions() {
  return useQuery({
    queryKey: keys.regions,
    queryFn: () => api.get<Region[]>("/regions"),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useMembers() {
  return useQuery({
    queryKey: keys.members,
    queryFn: async () => (await api.get<{ members: Member[] }>("/members")).members,
  });
}

/** Who holds a role. */
export function useHolders(role: string) {
  return useQuery({
    queryKey: [...keys.members, "role", role],
    queryFn: async () => (await api.get<{ members: Member[] }>("/members", { role, state: "active" })).members,
    staleTime: 60_000,
    retry: false,
  });
}

export function useMemberChanges() {
  const client = useQueryClient();
  const onSuccess = () => {
    client.invalidateQueries({ queryKey: keys.members });
    client.invalidateQueries({ queryKey: keys.departments });
  };
  return {
    create: useMutation({ mutationFn: (draft: MemberDraft) => api.post<Member>("/members", draft), onSuccess }),
    update: useMutation({
      mutationFn: ({ id, ...change }: Partial<MemberDraft> & { id: string }) =>
        api.patch<Member>(`/members/${id}`, change),
      onSuccess,
    }),
    password: useMutation({
      mutationFn: ({ id, password }: { id: string; password: string }) =>
        api.post<unknown>(`/members/${id}/password`, { password }),
    }),
  };
}

export function useDepartmentChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: keys.departments });
  return {
    create: useMutation({
      mutationFn: (draft: DepartmentDraft) => api.post<Department>("/departments", draft),
      onSuccess,
    }),
    update: useMutation({
      mutationFn: ({ id, ...change }: Partial<DepartmentDraft> & { id: string }) =>
        api.patch<Department>(`/departments/${id}`, change),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (id: string) => api.delete<void>(`/departments/${id}`), onSuccess }),
  };
}

export function useRoles() {
  return useQuery({ queryKey: keys.roles, queryFn: async () => (await api.get<{ roles: Role[] }>("/roles")).roles });
}

export function useAudit(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: keys.audit(filter),
    queryFn: ({ pageParam }) =>
      api.get<{ entries: AuditEntry[]; next: string | null }>("/audit", { ...filter, before: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

export function useAuditExport() {
  return useMutation({
    mutationFn: async (filter: AuditFilter) => {
      const { blob, name } = await api.download("GET", pathWith("/audit.csv", { ...filter }));
      saveBlob(blob, name);
    },
  });
}

export function useApiKeys(enabled: boolean) {
  return useQuery({
    queryKey: keys.apiKeys,
    queryFn: async () => (await api.get<{ keys: ApiKey[] }>("/api-keys")).keys,
    enabled,
  });
}

export function useApiKeyChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: keys.apiKeys });
  return {
    create: useMutation({
      mutationFn: (draft: { name: string; role: string }) =>
        api.post<{ key: ApiKey; secret: string }>("/api-keys", draft),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (id: string) => api.delete<void>(`/api-keys/${id}`), onSuccess }),
  };
}

export function useHealth() {
  return useQuery({
    queryKey: keys.health,
    queryFn: () => api.get<HealthDetails>("/health/details"),
    refetchInterval: 15_000,
  });
}

/** Tries a timer again that was given up; null: all of them. */
export function useTimerRetry() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string | null) => api.post<{ count: number }>("/health/timers/retry", { id }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.health }),
  });
}
