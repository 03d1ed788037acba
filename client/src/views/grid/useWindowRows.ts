import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { WINDOW_ROWS, windowQuery } from "@/api/records";
import type { ListQuery, RecordRow, RecordWindow } from "@/api/types";

export interface WindowRows {
  /** The row at an index, or undefined while it is on its way. */
  rowAt: (index: number) => RecordRow | undefined;
  /** Fetches what is missing of a stretch of rows, for a copy or a paste that reaches beyond what is in sight. */
  rowsBetween: (first: number, last: number) => Promise<RecordRow[]>;
  count: number | null;
  isPending: boolean;
  error: Error | null;
  retry: () => void;
}

const SETTLE_MS = 40;
/** Windows fetched ahead in the direction of scrolling, and behind it. */
const AHEAD = 2;
const BEHIND = 1;

const pageOf = (row: number) => Math.floor(row / WINDOW_ROWS);

/** Follows a value at most every `pause` milliseconds: at once at first, and with the last value in the end. */
function useThrottled(value: string, pause: number): string {
  const [shown, setShown] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    const left = last.current + pause - performance.now();
    const follow = () => {
      last.current = performance.now();
      setShown(value);
    };
    if (left <= 0) {
      follow();
      return undefined;
    }
    const timer = setTimeout(follow, left);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return shown;
}

/**
 * Rows of a list of any length, fetched by the hundred around what is in sight, and further in the direction in which
 * somebody scrolls. Rows that were fetched before are shown until newer ones are there.
 */
export function useWindowRows(entity: string, query: ListQuery, first: number, end: number): WindowRows {
  const client = useQueryClient();
  const span = useThrottled(`${pageOf(first)}-${pageOf(Math.max(first, end - 1))}`, SETTLE_MS);
  const [from = 0, to = 0] = span.split("-").map(Number);
  const before = useRef({ from, step: 1 });
  if (before.current.from !== from) before.current = { from, step: from > before.current.from ? 1 : -1 };

  const key = `${entity}${JSON.stringify(query)}`;
  const known = useRef<{ key: string; count: number } | null>(null);
  const sure = known.current?.key === key ? known.current.count : null;
  const lastPage = sure === null ? to : pageOf(Math.max(0, sure - 1));
  const [down, up] = before.current.step > 0 ? [AHEAD, BEHIND] : [BEHIND, AHEAD];
  const low = Math.max(0, from - (sure === null ? 0 : up));
  const high = Math.min(lastPage, to + (sure === null ? 0 : down));
  const seen = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const around = Array.from({ length: Math.max(0, high - low + 1) }, (_, index) => low + index);
  const pages = [...seen, ...around.filter((page) => page < from || page > to)];
  const results = useQueries({ queries: pages.map((page) => windowQuery(entity, query, page)) });
  const loaded = new Map(pages.map((page, index) => [page, results[index]?.data]));

  const fresh = results.find((result) => result.data)?.data?.count;
  if (fresh !== undefined) known.current = { key, count: fresh };
  const count = known.current?.key === key ? known.current.count : null;
  const windowAt = (page: number): RecordWindow | undefined =>
    loaded.get(page) ?? client.getQueryData(windowQuery(entity, query, page).queryKey);

  return {
    rowAt: (index) => windowAt(pageOf(index))?.rows[index % WINDOW_ROWS],
    rowsBetween: async (start, last) => {
      const wanted = Array.from({ length: pageOf(last) - pageOf(start) + 1 }, (_, index) => pageOf(start) + index);
      const windows = await Promise.all(wanted.map((page) => client.ensureQueryData(windowQuery(entity, query, page))));
      return windows.flatMap((each) => each.rows).slice(start % WINDOW_ROWS, (start % WINDOW_ROWS) + last - start + 1);
    },
    count,
    isPending: count === null && results.some((result) => result.isPending),
    error: count === null ? (results.find((result) => result.error)?.error ?? null) : null,
    retry: () => {
      for (const result of results) void result.refetch();
    },
  };
}
