import { useQueries } from "@tanstack/react-query";
import { useRef } from "react";
import { WINDOW_ROWS, windowQuery } from "@/api/records";
import type { ListQuery, RecordRow } from "@/api/types";
import { useSettled } from "@/ui/hooks";

export interface WindowRows {
  /** The row at an index, or undefined while it is on its way. */
  rowAt: (index: number) => RecordRow | undefined;
  count: number | null;
  isPending: boolean;
  error: Error | null;
  retry: () => void;
}

const SETTLE_MS = 40;

/** Rows of a list of any length, fetched by the hundred around what is in sight. */
export function useWindowRows(entity: string, query: ListQuery, first: number, end: number): WindowRows {
  const span = useSettled(
    `${Math.floor(first / WINDOW_ROWS)}-${Math.floor(Math.max(first, end - 1) / WINDOW_ROWS)}`,
    SETTLE_MS,
  );
  const [from = 0, to = 0] = span.split("-").map(Number);
  const pages = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const results = useQueries({ queries: pages.map((page) => windowQuery(entity, query, page)) });
  const loaded = new Map(pages.map((page, index) => [page, results[index]?.data]));

  const key = `${entity}${JSON.stringify(query)}`;
  const known = useRef<{ key: string; count: number } | null>(null);
  const fresh = results.find((result) => result.data)?.data?.count;
  if (fresh !== undefined) known.current = { key, count: fresh };
  const count = known.current?.key === key ? known.current.count : null;

  return {
    rowAt: (index) => loaded.get(Math.floor(index / WINDOW_ROWS))?.rows[index % WINDOW_ROWS],
    count,
    isPending: count === null && results.some((result) => result.isPending),
    error: count === null ? (results.find((result) => result.error)?.error ?? null) : null,
    retry: () => {
      for (const result of results) void result.refetch();
    },
  };
}
