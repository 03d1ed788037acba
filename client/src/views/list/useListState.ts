import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { Condition, EntityDefinition, GroupLevel, ListQuery, Sort, ViewDefinition } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { columnKeys } from "@/model/columns";
import { countComparisons, sameCondition } from "@/model/filter";
import { marksOf } from "@/model/looks";

/** What the address says about a list. */
export interface ListSearch {
  q?: string;
  filter?: Condition;
  sort?: Sort[];
  group?: string;
  columns?: string[];
}

export interface ListState {
  query: ListQuery;
  filter: Condition | null;
  sort: Sort[];
  group: string | null;
  /** Levels of groups, the outermost first. */
  groups: GroupLevel[];
  columns: string[];
  search: string;
  /** Differs from the view as it is saved. */
  isChanged: boolean;
  change: (change: Partial<ListSearch>) => void;
  reset: () => void;
}

/** An empty group stands for "no filter although the view has one". */
const NO_FILTER: Condition = { and: [] };

export function withFilter(filter: Condition | null): Partial<ListSearch> {
  return { filter: filter ?? NO_FILTER };
}

/** A list as its view says, changed by what the address says; every change goes into the address. */
export function useListState(
  entity: EntityDefinition,
  view: ViewDefinition | undefined,
  search: ListSearch,
): ListState {
  const catalogue = useCatalogue();
  const navigate = useNavigate();
  const change = useCallback(
    (next: Partial<ListSearch>) => {
      void navigate({ to: ".", search: (old: ListSearch) => ({ ...old, ...next }) as never, replace: true });
    },
    [navigate],
  );
  const reset = useCallback(() => void navigate({ to: ".", search: {} as never, replace: true }), [navigate]);
  return useMemo(() => {
    const chosen = search.filter ?? view?.filter ?? null;
    const filter = countComparisons(chosen) > 0 ? chosen : null;
    const sort = search.sort ?? view?.sort ?? [];
    const group = search.group === undefined ? (view?.group ?? null) : search.group || null;
    const groups = search.group === undefined && view?.groups.length ? view.groups : group ? [{ field: group }] : [];
    const columns = search.columns ?? columnKeys(catalogue, entity, view);
    const text = search.q?.trim() ?? "";
    const query: ListQuery = {
      ...(filter ? { filter } : {}),
      ...(sort.length > 0 ? { sort } : {}),
      ...(text ? { search: text } : {}),
      ...(view && view.colours.length > 0 ? { marks: marksOf(view) } : {}),
    };
    const isFilterChanged = search.filter !== undefined && !sameCondition(filter, view?.filter);
    const isChanged =
      isFilterChanged || search.sort !== undefined || search.group !== undefined || search.columns !== undefined;
    return { query, filter, sort, group, groups, columns, search: text, isChanged, change, reset };
  }, [catalogue, entity, view, search, change, reset]);
}
