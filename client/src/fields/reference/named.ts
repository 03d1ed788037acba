import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { Json, RecordPage } from "@/api/types";
import { listOf, namesIn } from "@/model/values";

export interface Choice {
  value: string;
  label: string;
}

/** Stands for people among the things that have names; anything else is an entity. */
export const PEOPLE = "member";

async function readNames(target: string, ids: string[], signal: AbortSignal): Promise<Choice[]> {
  if (target === PEOPLE) {
    const wanted = ids.map((id) => `ids=${encodeURIComponent(id)}`).join("&");
    const { people } = await api.get<{ people: { id: string; name: string }[] }>(`/people?${wanted}`, {}, signal);
    return people.map((each) => ({ value: each.id, label: each.name }));
  }
  const query = { filter: { field: "id", op: "in", value: ids }, limit: ids.length };
  const page = await api.post<RecordPage>(`/records/${target}/query`, query, signal);
  return page.rows.map((row) => ({ value: row.id, label: row.title }));
}

/** Names that one question asks for. */
const MOST_NAMED = 200;

/** What the reader may see of some records or people: in the order asked for. */
export function useNames(target: string, all: string[]): Choice[] {
  const ids = all.slice(0, MOST_NAMED);
  const read = useQuery({
    queryKey: keys.names(target, ids),
    queryFn: ({ signal }) => readNames(target, ids, signal),
    enabled: target !== "" && ids.length > 0,
    staleTime: 60_000,
  });
  const byId = new Map((read.data ?? []).map((each) => [each.value, each]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Choices found by searching, with those that are chosen already: a name is always seen, never an id. */
export function useNamed(target: string, found: Choice[], value: Json, display?: string): Choice[] {
  const { t } = useTranslation("records");
  const known = useRef(new Map<string, string>());
  const told = useRef<string>(undefined);
  const chosen = listOf(value);
  if (display && display !== told.current) {
    told.current = display;
    const names = namesIn(display, chosen.length);
    for (const [index, id] of chosen.entries()) if (names[index]) known.current.set(id, names[index]);
  }
  for (const each of found) known.current.set(each.value, each.label);
  const missing = chosen.filter((id) => !found.some((each) => each.value === id));
  const unknown = missing.filter((id) => !known.current.has(id));
  const read = useQuery({
    queryKey: keys.names(target, unknown),
    queryFn: ({ signal }) => readNames(target, unknown, signal),
    enabled: target !== "" && unknown.length > 0,
    staleTime: 60_000,
  });
  for (const each of read.data ?? []) known.current.set(each.value, each.label);
  const unnamed = read.isFetching ? "…" : t("unnamed");
  return [...found, ...missing.map((id) => ({ value: id, label: known.current.get(id) ?? unnamed }))];
}
