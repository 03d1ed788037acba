import { QueryClient } from "@tanstack/react-query";
import { ApiError, whenSignedOut } from "@/api/client";
import { keys } from "@/api/keys";
import { forgetEdits } from "@/model/edits";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status < 500),
    },
    mutations: { retry: false },
  },
});

whenSignedOut(() => {
  forgetEdits();
  if (queryClient.getQueryData(keys.session)) queryClient.setQueryData(keys.session, null);
});
