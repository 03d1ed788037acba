import { useNavigate } from "@tanstack/react-router";
import { CircleX, Inbox, SearchX } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntityDefinition, RecordRow, Sort, ViewDefinition } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { manyOf } from "@/model/plural";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/surfaces";
import { BulkBar } from "@/views/list/BulkBar";
import styles from "@/views/list/List.module.css";
import { type ListSearch, type ListState, useListState, withFilter } from "@/views/list/useListState";
import { isTable, ViewBody } from "@/views/list/ViewBody";
import { ViewTabs } from "@/views/list/ViewTabs";
import { ListHead } from "./ListHead";
import { ListToolbar } from "./ListToolbar";

interface ListPageProps {
  entity: EntityDefinition;
  view: ViewDefinition | undefined;
  search: ListSearch;
}

/** Adds a field to the sort, or makes it the only one: up, down, off. */
function nextSort(sort: Sort[], field: string, isAdding: boolean): Sort[] {
  const old = sort.find((each) => each.field === field);
  const next = !old ? [{ field }] : old.descending ? [] : [{ field, descending: true }];
  if (!isAdding) return next;
  return old ? sort.flatMap((each) => (each.field === field ? next : [each])) : [...sort, ...next];
}

function useEmpty(entity: EntityDefinition, state: ListState): ReactNode {
  const { t } = useTranslation("records");
  const navigate = useNavigate();
  const several = manyOf(entity.label, useLanguage());
  if (state.filter || state.search) {
    return (
      <EmptyState
        icon={<SearchX size={40} />}
        title={t("list.emptyFiltered", { entity: several })}
        text={t("list.emptyFilteredText")}
        actions={<Button onClick={() => state.change({ ...withFilter(null), q: "" })}>{t("list.clearFilters")}</Button>}
      />
    );
  }
  const create = () => void navigate({ to: "/e/$entity/new", params: { entity: entity.key } });
  return (
    <EmptyState
      icon={<Inbox size={40} />}
      title={t("list.empty", { entity: several })}
      text={t("list.emptyText")}
      actions={
        entity.can.create && (
          <Button kind="primary" onClick={create}>
            {t("list.create", { entity: entity.label })}
          </Button>
        )
      }
    />
  );
}

function useFailed() {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  return (error: Error, retry: () => void) => (
    <EmptyState
      icon={<CircleX size={40} />}
      title={t("records:list.failed")}
      text={errorText(error)}
      actions={<Button onClick={retry}>{t("common:actions.retry")}</Button>}
    />
  );
}

export function ListPage({ entity, view, search }: ListPageProps) {
  const navigate = useNavigate();
  const state = useListState(entity, view, search);
  const [selected, setSelected] = useState<ReadonlyMap<string, RecordRow>>(new Map());
  const empty = useEmpty(entity, state);
  const failed = useFailed();

  const open = useCallback(
    (row: RecordRow) => void navigate({ to: "/e/$entity/$id", params: { entity: row.entity, id: row.id } }),
    [navigate],
  );
  const select = useCallback((rows: RecordRow[], on: boolean) => {
    setSelected((before) => {
      const next = new Map(before);
      for (const row of rows) on ? next.set(row.id, row) : next.delete(row.id);
      return next;
    });
  }, []);
  return (
    <div className={styles.page}>
      <ListHead entity={entity} state={state} view={view} />
      <ViewTabs entity={entity.key} view={view} state={state} />
      {selected.size > 0 ? (
        <BulkBar entity={entity} selected={selected} onClear={() => setSelected(new Map())} />
      ) : (
        <ListToolbar entity={entity} state={state} isTable={isTable(view)} />
      )}
      <div className={styles.body}>
        <ViewBody
          entity={entity}
          view={view}
          query={state.query}
          columns={state.columns}
          sort={state.sort}
          groups={state.groups}
          onSort={(field, isAdding) => state.change({ sort: nextSort(state.sort, field, isAdding) })}
          onOpen={open}
          selected={selected}
          onSelect={select}
          canSelect={entity.can.update || entity.can.delete}
          empty={empty}
          failed={failed}
        />
      </div>
    </div>
  );
}
