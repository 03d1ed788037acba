import type { EntityDefinition, ViewDefinition } from "@/api/types";
import { marksOf } from "@/model/looks";
import { Board } from "../board/Board";
import { KindView, lazyKind } from "../kinds/KindView";

/** A view as a part of a page, without the tools of a list. */
export function ViewExcerpt({ entity, view }: { entity: EntityDefinition; view: ViewDefinition }) {
  const kind = lazyKind(view);
  const query = {
    ...(view.filter ? { filter: view.filter } : {}),
    ...(view.sort.length > 0 ? { sort: view.sort } : {}),
    ...(view.colours.length > 0 ? { marks: marksOf(view) } : {}),
  };
  if (kind) return <KindView kind={kind} entity={entity} view={view} query={query} />;
  return <Board entity={entity} view={view} query={query} />;
}
