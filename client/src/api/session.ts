import { queryOptions, useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { ApiError, api } from "./client";
import { keys } from "./keys";
import type { Definitions, Me, Session, SignedInDevice } from "./types";

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await api.get<Session>("/session", undefined, signal);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

export const definitionsQuery = queryOptions({
  queryKey: keys.definitions,
  queryFn: ({ signal }) => api.get<Definitions>("/definitions", undefined, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export interface Credentials {
  login: string;
  password: string;
  code?: string;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) => api.post<Session>("/session", credentials),
    onSuccess: async () => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete<void>("/session"),
    onSettled: () => {
      // The shell goes first: what is inside it has nothing to say without a member.
      client.setQueryData(keys.session, null);
      setTimeout(() => client.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" }), 0);
    },
  });
}

/** The signed-in member; only below the sign-in guard. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error("nobody is signed in");
  return data.member;
}

export function useSession(): Session | null {
  return useSuspenseQuery(sessionQuery).data;
}

export function useChangeMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<Pick<Me, "language" | "theme" | "density">> & { email?: string; phone?: string }) =>
      api.patch<unknown>("/me", change),
    onMutate: (change) =>
      client.setQueryData<Session | null>(
        keys.session,
        (session) => session && { ...session, member: { ...session.member, ...change } },
      ),
    onSettled: (_answer, _error, change) => {
      client.invalidateQueries({ queryKey: keys.session });
      if (change.language) client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "session" });
    },
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { current: string; password: string }) => api.post<unknown>("/me/password", change),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.session }),
  });
}

export function useDevices() {
  return useQuery({
    queryKey: keys.devices,
    queryFn: async () => (await api.get<{ sessions: SignedInDevice[] }>("/me/sessions")).sessions,
  });
}

export function useEndDevice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete<void>(`/me/sessions/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.devices }),
  });
}

export function useTotp() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: keys.session });
  return {
    begin: useMutation({
      mutationFn: (password: string) => api.post<{ secret: string; uri: string }>("/me/totp", { password }),
    }),
    confirm: useMutation({
      mutationFn: (code: string) => api.post<{ recovery_codes: string[] }>("/me/totp/confirm", { code }),
      onSuccess: refresh,
    }),
    stop: useMutation({
      mutationFn: (password: string) => api.delete<void>("/me/totp", undefined, { password }),
      onSuccess: refresh,
    }),
  };
}
