import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntityDefinition } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useLanguage } from "@/i18n/useLanguage";
import { possibleColumns } from "@/model/columns";
import { manyOf } from "@/model/plural";
import { SearchInput } from "@/ui/controls";
import { useSettled } from "@/ui/hooks";
import { useIsPhone } from "@/ui/media";
import { FilterButton } from "@/views/filter/FilterButton";
import { ColumnsButton } from "@/views/list/ColumnsButton";
import { GroupButton } from "@/views/list/GroupButton";
import styles from "@/views/list/List.module.css";
import { QuickFilters } from "@/views/list/QuickFilters";
import { SortButton } from "@/views/list/SortButton";
import { type ListState, withFilter } from "@/views/list/useListState";

interface ToolbarProps {
  entity: EntityDefinition;
  state: ListState;
  isTable: boolean;
}

function SearchBox({ entity, state }: Omit<ToolbarProps, "isTable">) {
  const { t } = useTranslation(["records", "common"]);
  const isPhone = useIsPhone();
  const [text, setText] = useState(state.search);
  const settled = useSettled(text.trim(), 300);
  const { search, change } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed goes into the address
  useEffect(() => {
    if (settled !== search) change({ q: settled });
  }, [settled]);
  const prompt = t("list.search", { entity: manyOf(entity.label, useLanguage()) });
  return (
    <SearchInput
      className={styles.search}
      aria-label={prompt}
      placeholder={isPhone ? t("common:nav.searchShort") : prompt}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

export function ListToolbar({ entity, state, isTable }: ToolbarProps) {
  const { t } = useTranslation("records");
  const catalogue = useCatalogue();
  const isPhone = useIsPhone();
  const fields = possibleColumns(catalogue, entity);
  const filter = (next: ListState["filter"]) => state.change(withFilter(next));
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t("filter.title")}>
      <SearchBox key={entity.key} entity={entity} state={state} />
      <FilterButton entity={entity.key} filter={state.filter} onChange={filter} />
      {!isPhone && <QuickFilters entity={entity.key} filter={state.filter} onChange={filter} />}
      <span className={styles.push} />
      <SortButton fields={fields} sort={state.sort} onChange={(sort) => state.change({ sort })} />
      {isTable && !isPhone && (
        <>
          <GroupButton fields={fields} group={state.group} onChange={(group) => state.change({ group: group ?? "" })} />
          <ColumnsButton fields={fields} columns={state.columns} onChange={(columns) => state.change({ columns })} />
        </>
      )}
    </div>
  );
}
