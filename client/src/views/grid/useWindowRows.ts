import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { WINDOW_ROWS, windowQuery } from "@/api/records";
import type { ListQuery, RecordRow, RecordWindow } from "@/api/types";
import { windowsAhead } from "@/model/scroll";

export interface WindowRows {
  /** The row at an index, or undefined while it is on its way. */
  rowAt: (index: number) => RecordRow | undefined;
  /** Fetches what is missing of a stretch of rows, for a copy or a paste that reaches beyond what is in sight. */
  rowsBetween: (first: number, last: number) => Promise<RecordRow[]>;
  /** The rows that came last for what was in sight. */
  here: { first: number; end: number };
  count: number | null;
  isPending: boolean;
  error: Error | null;
  retry: () => void;
}

interface Pages {
  from: number;
  to: number;
}

/** After this rest what is in sight is asked for, whatever else is still on its way. */
const REST_MS = 80;
const BEHIND = 1;
/** From here on a list is long. */
const LONG_WINDOWS = 50;

const pageOf = (row: number) => Math.floor(row / WINDOW_ROWS);
const between = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);

/**
 * The windows to ask for, and how fast they pass. The next are asked for when the last are here: whoever flies past
 * thousands of rows leaves no queue behind.
 */
function useAsked(wanted: Pages, isHere: (pages: Pages) => boolean) {
  const [asked, setAsked] = useState({ ...wanted, pace: 0, step: 1, since: 0 });
  const { from, to } = wanted;
  const isSame = asked.from === from && asked.to === to;
  const isFree = isHere(asked) || isHere(wanted);
  useEffect(() => {
    if (isSame) return undefined;
    const follow = () =>
      setAsked((before) => {
        const since = performance.now();
        const way = from - before.from;
        const pace = way === 0 ? before.pace : (Math.abs(way) * 1000) / Math.max(1, since - before.since);
        return { from, to, pace, step: way === 0 ? before.step : Math.sign(way), since };
      });
    if (isFree) {
      follow();
      return undefined;
    }
    const timer = setTimeout(follow, REST_MS);
    return () => clearTimeout(timer);
  }, [isSame, isFree, from, to]);
  return asked;
}

/**
 * Rows of a list of any length, fetched by the hundred around what is in sight, and further in the direction in which
 * somebody scrolls. Rows that were fetched before are shown until newer ones are there.
 */
export function useWindowRows(entity: string, query: ListQuery, first: number, end: number): WindowRows {
  const client = useQueryClient();
  const cached = (page: number): RecordWindow | undefined =>
    client.getQueryData(windowQuery(entity, query, page).queryKey);
  const areHere = ({ from, to }: Pages) => between(from, to).every((page) => cached(page) !== undefined);
  const wanted = { from: pageOf(first), to: pageOf(Math.max(first, end - 1)) };
  const asked = useAsked(wanted, areHere);

  const key = `${entity}${JSON.stringify(query)}`;
  const known = useRef<{ key: string; count: number } | null>(null);
  const sure = known.current?.key === key ? known.current.count : null;
  const lastPage = sure === null ? asked.to : pageOf(Math.max(0, sure - 1));
  const isShort = lastPage < LONG_WINDOWS;
  const ahead = sure === null ? 0 : windowsAhead(asked.pace);
  const [up, down] = asked.step > 0 ? [Math.min(BEHIND, ahead), ahead] : [ahead, Math.min(BEHIND, ahead)];
  // What is in sight comes before what may be. The first window stays asked for, wherever one is: it knows the count. So
  // does the last of a long list: people jump there, and the server finds its way to every other one with it.
  const pages = [
    ...new Set([
      ...between(asked.from, Math.min(asked.to, lastPage)),
      ...(sure === null || isShort ? [0] : [0, lastPage]),
      ...between(asked.to + 1, Math.min(lastPage, asked.to + down)),
      ...between(Math.max(0, asked.from - up), asked.from - 1),
    ]),
  ];
  const results = useQueries({ queries: pages.map((page) => windowQuery(entity, query, page, sure)) });
  const loaded = new Map(pages.map((page, index) => [page, results[index]?.data]));

  const fresh = loaded.get(0)?.count;
  if (typeof fresh === "number") known.current = { key, count: fresh };
  const count = known.current?.key === key ? known.current.count : null;
  const windowAt = (page: number) => loaded.get(page) ?? cached(page);
  const shown = useRef({ key, from: 0, to: 0 });
  if (areHere(asked)) shown.current = { key, from: asked.from, to: asked.to };
  else if (shown.current.key !== key) shown.current = { key, from: 0, to: 0 };

  return {
    rowAt: (index) => windowAt(pageOf(index))?.rows[index % WINDOW_ROWS],
    rowsBetween: async (start, last) => {
      const windows = await Promise.all(
        between(pageOf(start), pageOf(last)).map((page) =>
          client.ensureQueryData(windowQuery(entity, query, page, sure)),
        ),
      );
      return windows.flatMap((each) => each.rows).slice(start % WINDOW_ROWS, (start % WINDOW_ROWS) + last - start + 1);
    },
    here: {
      first: shown.current.from * WINDOW_ROWS,
      end: Math.min(count ?? 0, (shown.current.to + 1) * WINDOW_ROWS),
    },
    count,
    isPending: count === null && results.some((result) => result.isPending),
    error: count === null ? (results.find((result) => result.error)?.error ?? null) : null,
    retry: () => {
      for (const result of results) void result.refetch();
    },
  };
}
