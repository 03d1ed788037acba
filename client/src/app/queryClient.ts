import { QueryClient } from "@tanstack/react-query";
import { ApiError, whenSignedOut } from "@/api/client";
import { keys } from "@/api/keys";
import { forgetEdits } from "@/model/edits";
import { forgetAnswers } from "./offline";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Without a network the service worker answers with what was last seen.
      networkMode: "always",
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status < 500),
    },
    mutations: { retry: false, networkMode: "always" },
  },
});

/** Nothing of whoever was signed in is kept for the next one at this browser. */
queryClient.getQueryCache().subscribe(({ query, type }) => {
  if (type !== "updated" || query.queryKey[0] !== "session" || query.state.data !== null) return;
  forgetEdits();
  void forgetAnswers();
});

whenSignedOut(() => {
  if (queryClient.getQueryData(keys.session)) queryClient.setQueryData(keys.session, null);
});
