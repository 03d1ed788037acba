import type { ReactNode } from "react";
import type { EntityDefinition, GroupLevel, ListQuery, RecordRow, Sort, ViewDefinition } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { columnFields } from "@/model/columns";
import { useIsPhone } from "@/ui/media";
import { Board } from "../board/Board";
import { CardList } from "../cards/CardList";
import { Grid } from "../grid/Grid";
import { KindView, lazyKind } from "../kinds/KindView";
import { GroupedList } from "./GroupedList";
import styles from "./List.module.css";

interface BodyProps {
  entity: EntityDefinition;
  view: ViewDefinition | undefined;
  query: ListQuery;
  columns: string[];
  sort: Sort[];
  groups: GroupLevel[];
  onSort: (field: string, isAdding: boolean) => void;
  onOpen: (row: RecordRow) => void;
  selected: ReadonlyMap<string, RecordRow>;
  onSelect: (rows: RecordRow[], on: boolean) => void;
  canSelect: boolean;
  empty: ReactNode;
  failed: (error: Error, retry: () => void) => ReactNode;
}

/** Whether a view shows columns that can be chosen, sorted and grouped in the list. */
export function isTable(view: ViewDefinition | undefined): boolean {
  return view?.kind !== "board" && lazyKind(view) === null;
}

/** The records of a view, in the way that it says. */
export function ViewBody(props: BodyProps) {
  const { entity, view, query, columns, sort, groups, empty, failed } = props;
  const catalogue = useCatalogue();
  const isPhone = useIsPhone();
  const kind = lazyKind(view);
  if (view && kind) return <KindView kind={kind} entity={entity} view={view} query={query} />;
  if (view?.kind === "board") return <Board entity={entity} view={view} query={query} />;
  const fields = columnFields(catalogue, entity.key, columns);
  const levels = groups.flatMap((level) => {
    const field = catalogue.field(entity.key, level.field);
    return field ? [{ field, unit: level.unit ?? null }] : [];
  });
  if (levels.length > 0)
    return (
      <div className={styles.scroll}>
        <GroupedList entity={entity.key} fields={fields} query={query} levels={levels} view={view} />
      </div>
    );
  if (isPhone)
    return (
      <div className={styles.scroll}>
        <CardList entity={entity.key} fields={fields} query={query} view={view} empty={empty} failed={failed} />
      </div>
    );
  return (
    <Grid
      entity={entity.key}
      label={view?.label ?? entity.label}
      fields={fields}
      view={view?.key ?? entity.key}
      look={view}
      query={query}
      sort={sort}
      onSort={props.onSort}
      onOpen={props.onOpen}
      selected={props.selected}
      onSelect={props.onSelect}
      canSelect={props.canSelect}
      empty={empty}
      failed={failed}
    />
  );
}
