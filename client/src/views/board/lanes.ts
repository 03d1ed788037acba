/** The columns of a board: stages, options, or the people and records that a field names. */
import { useMemo } from "react";
import { useAggregate } from "@/api/records";
import type {
  AggregateGroup,
  EntityDefinition,
  FieldDefinition,
  Json,
  ListQuery,
  Measure,
  StageDefinition,
  ViewDefinition,
} from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { shownAs } from "@/model/catalogue";
import { toNumber } from "@/model/format";

export interface Lane {
  /** The value of its records; null: those without one. */
  key: string | null;
  id: string;
  label: string;
  colour: string | null;
  stage: StageDefinition | null;
  /** Only a former version of the process has the stage: records finish in it, none enters. */
  isFormer: boolean;
  count: number | null;
  sum: number | null;
}

const CHOSEN = new Set(["single_select", "user", "department", "relation", "switch"]);
const MOST_LANES = 40;

/** The field that a board's columns stand for: the view's, or the stage where there is a process. */
export function useLaneField(entity: EntityDefinition, view: ViewDefinition): FieldDefinition | null {
  const catalogue = useCatalogue();
  const key = view.group ?? (catalogue.process(entity.key) ? "stage" : null);
  const field = key ? catalogue.field(entity.key, key) : undefined;
  return field && CHOSEN.has(shownAs(field).type) ? field : null;
}

/** Whether a record may be put into another lane by changing its field. */
export function mayWrite(field: FieldDefinition): boolean {
  return field.access === "write" && !field.is_computed && field.options.multiple !== true;
}

/** Every lane with how many records it holds and what they add up to. */
export function useLanes(
  entity: EntityDefinition,
  field: FieldDefinition | null,
  query: ListQuery,
  summed: Measure | null,
): Lane[] {
  const catalogue = useCatalogue();
  const group = field?.key ?? "id";
  const measures: Measure[] = [{ do: "count" }, ...(summed ? [summed] : [])];
  const totals = useAggregate(entity.key, { ...query, group: [{ field: group }], measures }, field !== null);
  return useMemo(() => {
    if (!field) return [];
    const found = totals.data;
    const figures = (key: Json) => {
      const each = found?.find((one) => one.keys[0] === key);
      return {
        count: found ? (toNumber(each?.values[0]) ?? 0) : null,
        sum: summed ? toNumber(each?.values[1]) : null,
      };
    };
    if (field.key === "stage") {
      const stages = catalogue.process(entity.key)?.stages ?? [];
      const former = catalogue.formerStages(entity.key).filter((stage) => figures(stage.key).count);
      const lane = (stage: StageDefinition, isFormer: boolean) => ({
        key: stage.key,
        id: stage.key,
        label: stage.label,
        colour: stage.colour,
        stage,
        isFormer,
        ...figures(stage.key),
      });
      return [...stages.map((stage) => lane(stage, false)), ...former.map((stage) => lane(stage, true))];
    }
    const options = shownAs(field).type === "single_select" ? catalogue.options(shownAs(field)) : [];
    const named = options
      .filter((option) => !option.retired || figures(option.key).count)
      .map(({ key, label, colour }) => ({
        key,
        id: key,
        label,
        colour,
        stage: null,
        isFormer: false,
        ...figures(key),
      }));
    const others = (found ?? []).filter(
      (each) => each.keys[0] !== null && !options.some(({ key }) => key === each.keys[0]),
    );
    const empty = figures(null);
    const none = { key: null, id: "", label: "", colour: null, stage: null, isFormer: false, ...empty };
    return [...named, ...others.slice(0, MOST_LANES).map(asLane), ...(empty.count ? [none] : [])];
  }, [catalogue, entity.key, field, summed, totals.data]);
}

function asLane(group: AggregateGroup): Lane {
  const key = String(group.keys[0]);
  return {
    key,
    id: key,
    label: group.labels[0] || key,
    colour: null,
    stage: null,
    isFormer: false,
    count: toNumber(group.values[0]),
    sum: toNumber(group.values[1]),
  };
}
