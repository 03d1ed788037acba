/** Other people's changes, as the server pushes them: marks what they touch as stale. */
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { keys } from "./keys";

interface ChangeMessage {
  entity: string;
  id: string;
  kind: string;
  version: number;
  actor: string | null;
}

/** Somebody edited, published or dropped the draft of the definitions. */
export interface DraftMessage {
  draft: number;
  revision: number;
  actor: string | null;
}

const QUIET_MS = 400;
const LONGEST_ROUND_MS = 10_000;
const draftListeners = new Set<(message: DraftMessage | null) => void>();

/** Hears of each change of the draft, and with null when the definitions that hold were replaced or the line is back. */
export function onDraftChange(listener: (message: DraftMessage | null) => void): () => void {
  draftListeners.add(listener);
  return () => draftListeners.delete(listener);
}

function tellDraft(message: DraftMessage | null): void {
  for (const listener of draftListeners) listener(message);
}

/**
 * Returns what marks cached answers as stale. A burst of changes loads each of them once, and the next round of loading
 * waits for the one that runs: a server with much to tell is not asked more often than it can answer.
 */
export function gatherStale(client: QueryClient): { mark: (queryKey: QueryKey) => void; end: () => void } {
  const waiting = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let loading = false;

  const schedule = () => {
    if (!loading) timer ??= setTimeout(flush, QUIET_MS);
  };
  const flush = async () => {
    const marked = [...waiting.values()];
    waiting.clear();
    timer = undefined;
    loading = true;
    const loaded = Promise.all(marked.map((queryKey) => client.invalidateQueries({ queryKey })));
    await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, LONGEST_ROUND_MS))]);
    loading = false;
    if (waiting.size > 0) schedule();
  };
  return {
    mark: (queryKey) => {
      waiting.set(JSON.stringify(queryKey), queryKey);
      schedule();
    },
    end: () => {
      waiting.clear();
      clearTimeout(timer);
    },
  };
}

/** Listens until the returned function is called. `since`: where the log stood before anything was loaded. */
export function listenLive(client: QueryClient, since: string, onState: (connected: boolean) => void): () => void {
  const source = new EventSource(`/api/live?since=${since}`);
  const stale = gatherStale(client);
  source.addEventListener("change", (event) => {
    const message = JSON.parse((event as MessageEvent<string>).data) as ChangeMessage;
    stale.mark(keys.entity(message.entity));
    stale.mark(keys.numbers);
  });
  source.addEventListener("definitions", () => {
    client.invalidateQueries();
    tellDraft(null);
  });
  source.addEventListener("reload", () => stale.mark([]));
  source.addEventListener("draft", (event) => {
    tellDraft(JSON.parse((event as MessageEvent<string>).data) as DraftMessage);
    client.invalidateQueries({ queryKey: keys.publishing });
  });
  source.addEventListener("task", () => stale.mark(keys.tasks));
  source.addEventListener("notification", () => {
    stale.mark(keys.notifications);
    stale.mark(keys.announcements);
  });
  let isFirst = true;
  source.addEventListener("hello", () => {
    // What happened while the line was broken may be anything; before that nothing is missed.
    if (!isFirst) stale.mark([]);
    isFirst = false;
    tellDraft(null);
  });
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
  return () => {
    stale.end();
    source.close();
  };
}
