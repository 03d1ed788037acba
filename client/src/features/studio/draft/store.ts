/** The draft in this browser: edits show at once, go to the server one after the other, and merge with other builders'. */
import { create } from "zustand";
import { ApiError } from "@/api/client";
import { draftApi, type Resolutions } from "@/api/studio";
import type { Definitions, DraftDocument, Op } from "@/api/types/studio";
import { type Clash, type DraftData, fromDocument, isUntouched, queued, remembered, withPending } from "./model";
import { applyOps, invertOps, NoPlace, valueAt } from "./ops";

const SETTLE_MS = 250;
const RETRY_MS = 3_000;

/** What the store says to the person; the shell shows it. */
type DraftNotice = "undoRefused" | "dropped" | "ended";

interface DraftStore {
  data: DraftData | null;
  failure: unknown;
  notice: { kind: DraftNotice; at: number } | null;
  load: () => Promise<void>;
  edit: (ops: Op[], label: string) => void;
  undo: (label: (what: string) => string) => void;
  redo: () => void;
  /** Hears that the draft changed on the server. */
  heard: (draft: number | null, revision: number) => void;
  settle: (choices: Record<string, "mine" | "theirs">) => void;
  rebase: (resolutions: Resolutions) => Promise<void>;
  /** Sends what waits, at once, and resolves when all is confirmed (or stuck). */
  flush: () => Promise<void>;
}

let timer: ReturnType<typeof setTimeout> | undefined;
let sending: Promise<void> | null = null;
let loading: Promise<void> | null = null;
let latest = 0;

export const useDraftStore = create<DraftStore>()((set, get) => {
  const update = (change: Partial<DraftData>) => {
    const { data } = get();
    if (data) set({ data: { ...data, ...change } });
  };
  const say = (kind: DraftNotice) => set({ notice: { kind, at: Date.now() } });

  const schedule = (delay: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void get().flush(), delay);
  };

  /** Replaces what the server holds, keeping what waits as far as it still fits. */
  const confirm = (confirmed: Definitions, change: Partial<DraftData>, pending?: DraftData["pending"]) => {
    const { data } = get();
    if (!data) return;
    const waiting = pending ?? data.pending;
    const shown = withPending(confirmed, waiting);
    if (shown.pending.length < waiting.length) say("dropped");
    set({ data: { ...data, ...change, confirmed, ...shown } });
  };

  const take = (document: DraftDocument) => {
    const { data } = get();
    const isSame = data?.id === document.id;
    // Read before an edit whose answer came first: what is known here is newer.
    if (isSame && document.revision < data.revision) return set({ failure: null });
    const shown = withPending(document.definitions, data?.pending ?? []);
    latest = document.revision;
    set({
      failure: null,
      data: {
        ...fromDocument(document),
        ...shown,
        undos: isSame ? (data?.undos ?? []) : [],
        redos: isSame ? (data?.redos ?? []) : [],
        clashes: [],
        saving: shown.pending.length > 0 ? "saving" : "saved",
      },
    });
  };

  const pull = async () => {
    const { data } = get();
    if (!data) return;
    try {
      const found = await draftApi.follow(data.id, data.revision);
      if (found.edits.some((edit) => edit.kind === "rebase")) return await get().load();
      let confirmed = data.confirmed;
      for (const edit of found.edits) confirmed = applyOps(confirmed, edit.ops);
      confirm(confirmed, { revision: found.revision, problems: found.problems });
      latest = Math.max(latest, found.revision);
    } catch (error) {
      if (error instanceof NoPlace || (error instanceof ApiError && error.status === 404)) await get().load();
    }
  };

  const send = async () => {
    for (;;) {
      const { data } = get();
      const batch = data?.pending[0];
      if (!data || !batch || data.clashes.length > 0) return;
      update({ saving: "saving" });
      try {
        const taken = await draftApi.edit(data.revision, batch.label, batch.ops);
        const now = get().data;
        if (!now) return;
        latest = Math.max(latest, taken.revision);
        confirm(
          taken.definitions ?? applyOps(now.confirmed, batch.ops),
          { revision: taken.revision, problems: taken.problems, saving: now.pending.length > 1 ? "saving" : "saved" },
          now.pending.slice(1),
        );
      } catch (error) {
        if (!(await recover(error, batch.ops))) return;
      }
    }
  };

  /** Deals with a refused edit; true when sending may go on. */
  const recover = async (error: unknown, ops: Op[]): Promise<boolean> => {
    if (!(error instanceof ApiError) || error.status >= 500 || error.status === 429) {
      update({ saving: "failed" });
      schedule(RETRY_MS);
      return false;
    }
    if (error.code === "draft.conflict") {
      await clashed(error, ops);
      return false;
    }
    const { data } = get();
    if (error.code !== "draft.ended") {
      update({ pending: data?.pending.slice(1) ?? [] });
      say("dropped");
    }
    await get().load();
    return get().failure === null;
  };

  const clashed = async (error: ApiError, ops: Op[]) => {
    const id = get().data?.id;
    await pull();
    const { data } = get();
    if (!data || data.id !== id) return;
    const clashes: Clash[] = error.problems.map((problem) => {
      const path = problem.path.map(String);
      const op = ops.find((each) => each.path.join("/") === path.join("/"));
      return {
        path,
        place: path.join("/"),
        who: String(problem.params?.who ?? ""),
        what: String(problem.params?.what ?? ""),
        mine: op?.op === "put" ? op.value : null,
        theirs: valueAt(data.confirmed, path) ?? null,
      };
    });
    update({ clashes, saving: "conflict" });
  };

  const perform = (ops: Op[], label: string): DraftData | null => {
    const { data } = get();
    if (!data || ops.length === 0) return null;
    const definitions = applyOps(data.definitions, ops);
    const pending = queued(data.pending, { label, ops }, sending !== null);
    const next: DraftData = { ...data, definitions, pending, saving: data.clashes.length > 0 ? "conflict" : "saving" };
    set({ data: next });
    schedule(SETTLE_MS);
    return next;
  };

  return {
    data: null,
    failure: null,
    notice: null,
    load: () => {
      loading ??= draftApi
        .open()
        .then(take, (failure) => set({ failure }))
        .finally(() => {
          loading = null;
          if (get().data?.pending.length) schedule(SETTLE_MS);
        });
      return loading;
    },
    edit: (ops, label) => {
      const { data } = get();
      if (!data || ops.length === 0) return;
      const back = invertOps(data.definitions, ops);
      const next = perform(ops, label);
      if (next) update({ undos: remembered(data.undos, { label, forward: ops, back, at: Date.now() }), redos: [] });
    },
    undo: (label) => {
      const { data } = get();
      const memory = data?.undos.at(-1);
      if (!data || !memory) return;
      const undos = data.undos.slice(0, -1);
      update({ undos });
      if (!isUntouched(data.definitions, memory.forward)) return say("undoRefused");
      try {
        perform(memory.back, label(memory.label));
        update({ redos: [...data.redos, memory] });
      } catch {
        say("undoRefused");
      }
    },
    redo: () => {
      const { data } = get();
      const memory = data?.redos.at(-1);
      if (!data || !memory) return;
      update({ redos: data.redos.slice(0, -1) });
      try {
        const back = invertOps(data.definitions, memory.forward);
        perform(memory.forward, memory.label);
        update({ undos: [...data.undos, { ...memory, back, at: 0 }] });
      } catch {
        say("undoRefused");
      }
    },
    heard: (draft, revision) => {
      const { data } = get();
      if (!data) return;
      if (draft === null || draft !== data.id) {
        void get().load();
        return;
      }
      latest = Math.max(latest, revision);
      if (latest > data.revision && sending === null && data.clashes.length === 0) void pull();
    },
    settle: (choices) => {
      const { data } = get();
      const [first, ...rest] = data?.pending ?? [];
      if (!data || !first) return;
      const ops = first.ops.filter((op) => choices[op.path.join("/")] !== "theirs");
      const pending = ops.length > 0 ? [{ ...first, ops }, ...rest] : rest;
      update({ clashes: [], saving: pending.length > 0 ? "saving" : "saved" });
      confirm(data.confirmed, {}, pending);
      void get().flush();
    },
    rebase: async (resolutions) => {
      await draftApi.rebase(resolutions);
      await get().load();
    },
    flush: async () => {
      clearTimeout(timer);
      sending ??= send().finally(() => {
        sending = null;
        const { data } = get();
        if (data && latest > data.revision && data.clashes.length === 0) void pull();
      });
      await sending;
    },
  };
});
