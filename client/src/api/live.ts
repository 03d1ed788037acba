/** Other people's changes, as the server pushes them: marks what they touch as stale. */
import type { QueryClient } from "@tanstack/react-query";
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
const draftListeners = new Set<(message: DraftMessage | null) => void>();

/** Hears of each change of the draft, and with null when the definitions that hold were replaced or the line is back. */
export function onDraftChange(listener: (message: DraftMessage | null) => void): () => void {
  draftListeners.add(listener);
  return () => draftListeners.delete(listener);
}

function tellDraft(message: DraftMessage | null): void {
  for (const listener of draftListeners) listener(message);
}

/** Listens until the returned function is called; a burst of changes refreshes each entity once. */
export function listenLive(client: QueryClient, onState: (connected: boolean) => void): () => void {
  const source = new EventSource("/api/live");
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    timer = undefined;
    for (const entity of waiting) client.invalidateQueries({ queryKey: keys.entity(entity) });
    if (waiting.size > 0) client.invalidateQueries({ queryKey: keys.numbers });
    waiting.clear();
  };
  source.addEventListener("change", (event) => {
    const message = JSON.parse((event as MessageEvent<string>).data) as ChangeMessage;
    waiting.add(message.entity);
    timer ??= setTimeout(flush, QUIET_MS);
  });
  source.addEventListener("definitions", () => {
    client.invalidateQueries();
    tellDraft(null);
  });
  source.addEventListener("draft", (event) => {
    tellDraft(JSON.parse((event as MessageEvent<string>).data) as DraftMessage);
    client.invalidateQueries({ queryKey: keys.publishing });
  });
  source.addEventListener("task", () => client.invalidateQueries({ queryKey: keys.tasks }));
  source.addEventListener("notification", () => {
    void client.invalidateQueries({ queryKey: keys.notifications });
    void client.invalidateQueries({ queryKey: keys.announcements });
  });
  source.addEventListener("hello", () => tellDraft(null));
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
