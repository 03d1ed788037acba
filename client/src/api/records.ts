import {
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, saveBlob } from "./client";
import { keys } from "./keys";
import type {
  AccessAnswer,
  AggregateGroup,
  AggregateQuery,
  Box,
  BulkOutcome,
  CellRowChange,
  CellsOutcome,
  Condition,
  Evaluation,
  HistoryEvent,
  ListQuery,
  RecordPage,
  RecordRow,
  RecordWindow,
  RelatedCount,
  SearchHit,
  Share,
  Spots,
  Values,
} from "./types";

export const WINDOW_ROWS = 100;
const path = (entity: string, id?: string) => `/records/${entity}${id ? `/${id}` : ""}`;

/** A hundred rows of a list; the first ones say how many there are in all, which takes longer than the others. */
export const windowQuery = (entity: string, query: ListQuery, page: number, counted: number | null = null) =>
  queryOptions({
    queryKey: keys.window(entity, query, page),
    queryFn: ({ signal }) =>
      api.post<RecordWindow>(
        `${path(entity)}/window`,
        { ...query, offset: page * WINDOW_ROWS, limit: WINDOW_ROWS, count: page === 0, counted },
        signal,
      ),
    staleTime: 30_000,
    gcTime: 120_000,
  });

export function useRecordPages(entity: string, query: ListQuery, limit = 50, enabled = true) {
  return useInfiniteQuery({
    queryKey: keys.list(entity, query, limit),
    queryFn: ({ pageParam, signal }) =>
      api.post<RecordPage>(
        `${path(entity)}/query`,
        { ...query, limit, cursor: pageParam, count: pageParam === null },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: 30_000,
    enabled,
  });
}

/** Figures know no order, and no single rows. */
function figuresOf({ sort: _sort, marks: _marks, fields: _fields, ...query }: AggregateQuery) {
  return query;
}

/** Where the records of a list are, gathered into spots. */
/** Where records lie: `by` names the field of places, and the one whose value colours spots. */
export function useSpots(
  entity: string,
  query: ListQuery,
  by: { place: string; colour?: string | null },
  box: Box | null,
  enabled = true,
) {
  const { sort: _sort, marks: _marks, fields: _fields, ...selection } = query;
  const body = { ...selection, ...by, ...(box ? { box } : {}) };
  return useQuery({
    queryKey: keys.map(entity, body),
    queryFn: ({ signal }) => api.post<Spots>(`${path(entity)}/map`, body, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    enabled,
  });
}

export function useAggregate(entity: string, query: AggregateQuery, enabled = true) {
  return useQuery({
    queryKey: keys.aggregate(entity, query),
    queryFn: async ({ signal }) =>
      (await api.post<{ groups: AggregateGroup[] }>(`${path(entity)}/aggregate`, figuresOf(query), signal)).groups,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    enabled,
  });
}

export const recordQuery = (entity: string, id: string) =>
  queryOptions({
    queryKey: keys.record(entity, id),
    queryFn: ({ signal }) => api.get<RecordRow>(path(entity, id), undefined, signal),
    staleTime: 30_000,
  });

export function useRecord(entity: string, id: string) {
  return useQuery(recordQuery(entity, id));
}

export function useHistory(entity: string, id: string) {
  return useInfiniteQuery({
    queryKey: keys.part(entity, id, "history"),
    queryFn: ({ pageParam }) =>
      api.get<{ events: HistoryEvent[]; next: string | null }>(`${path(entity, id)}/history`, { before: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export const relatedQuery = (entity: string, id: string) =>
  queryOptions({
    queryKey: keys.part(entity, id, "related"),
    queryFn: async () => (await api.get<{ related: RelatedCount[] }>(`${path(entity, id)}/related`)).related,
  });

export function useRelated(entity: string, id: string) {
  return useQuery(relatedQuery(entity, id));
}

export interface MergeWish {
  keep: { id: string; version: number };
  absorb: string[];
  values: Values;
}

export function useMerge(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: MergeWish) => api.post<RecordRow>(`${path(entity)}/merge`, wish),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: ["records"] });
      client.invalidateQueries({ queryKey: keys.numbers });
      client.invalidateQueries({ queryKey: keys.tasks });
    },
  });
}

export function useShares(entity: string, id: string) {
  return useQuery({
    queryKey: keys.part(entity, id, "shares"),
    queryFn: async () => (await api.get<{ shares: Share[] }>(`${path(entity, id)}/shares`)).shares,
  });
}

export function useShareChanges(entity: string, id: string) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: keys.part(entity, id, "shares") });
  return {
    add: useMutation({
      mutationFn: (share: { member?: string; department?: string; access: Share["access"] }) =>
        api.put<unknown>(`${path(entity, id)}/shares`, share),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (share: Share) =>
        api.delete<void>(`${path(entity, id)}/shares`, { member: share.member?.id, department: share.department?.id }),
      onSuccess,
    }),
  };
}

export function useAccessAnswer(entity: string, id: string, member: string | null) {
  return useQuery({
    queryKey: [...keys.part(entity, id, "access"), member],
    queryFn: () => api.get<AccessAnswer>(`${path(entity, id)}/access`, { member }),
    enabled: member !== null,
  });
}

export function evaluateRecord(entity: string, body: { values: Values; id?: string }, signal?: AbortSignal) {
  return api.post<Evaluation>(`${path(entity)}/evaluate`, body, signal);
}

export function findDuplicates(entity: string, body: { values: Values; id?: string }, signal?: AbortSignal) {
  return api.post<{ matches: RecordRow[] }>(`${path(entity)}/duplicates`, body, signal);
}

/** Writes on one entity; each refreshes what it touched. */
export function useRecordChanges(entity: string) {
  const client = useQueryClient();
  const refresh = () => {
    client.invalidateQueries({ queryKey: keys.entity(entity) });
    client.invalidateQueries({ queryKey: keys.numbers });
  };
  const keep = (record: RecordRow) => {
    client.setQueryData(keys.record(entity, record.id), record);
    refresh();
  };
  return {
    create: useMutation({
      mutationFn: (values: Values) => api.post<RecordRow>(path(entity), { values }),
      onSuccess: keep,
    }),
    update: useMutation({
      mutationFn: (change: { id: string; version: number; values: Values }) =>
        api.patch<RecordRow>(path(entity, change.id), { version: change.version, values: change.values }),
      onSuccess: keep,
    }),
    remove: useMutation({
      mutationFn: (record: { id: string; version: number }) =>
        api.delete<void>(path(entity, record.id), { version: record.version }),
      onSuccess: refresh,
    }),
    restore: useMutation({
      mutationFn: (id: string) => api.post<unknown>(`${path(entity, id)}/restore`),
      onSuccess: refresh,
    }),
    purge: useMutation({
      mutationFn: (id: string) => api.delete<void>(`${path(entity, id)}/purge`),
      onSuccess: refresh,
    }),
    bulk: useMutation({
      mutationFn: (change: { ids?: string[]; filter?: Condition | null; values: Values; expect_count?: number }) =>
        api.post<BulkOutcome>(`${path(entity)}/bulk`, change),
      onSuccess: refresh,
    }),
    bulkDelete: useMutation({
      mutationFn: (ids: string[]) => api.post<BulkOutcome>(`${path(entity)}/bulk-delete`, { ids }),
      onSuccess: refresh,
    }),
  };
}

/** Cells of many records in one request. */
export function useCellChange(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { rows: CellRowChange[]; all_or_nothing: boolean }) =>
      api.post<CellsOutcome>(`${path(entity)}/cells`, change),
    onSuccess: (outcome) => {
      if (outcome.changed.length === 0) return undefined;
      client.invalidateQueries({ queryKey: keys.numbers });
      return client.invalidateQueries({ queryKey: keys.entity(entity) });
    },
  });
}

/** A zip brings the files along that the cells of the workbook name. */
export type ExportFormat = "xlsx" | "csv" | "zip";

export function useExport(entity: string) {
  return useMutation({
    mutationFn: async ({ marks: _marks, ...query }: ListQuery & { fields?: string[]; format: ExportFormat }) => {
      const { blob, name } = await api.download("POST", `${path(entity)}/export`, query);
      saveBlob(blob, name);
    },
  });
}

export function useSearch(q: string, entity = "") {
  return useQuery({
    queryKey: keys.search(q, entity),
    queryFn: async ({ signal }) => (await api.get<{ hits: SearchHit[] }>("/search", { q, entity }, signal)).hits,
    enabled: q.trim().length > 0,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
}
