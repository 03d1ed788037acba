/** What every kind of view is given. */
import type { EntityDefinition, ListQuery, ViewDefinition } from "@/api/types";

export interface KindProps {
  entity: EntityDefinition;
  view: ViewDefinition;
  query: ListQuery;
}
