import { useTranslation } from "react-i18next";
import { useRecordChanges } from "@/api/records";
import type { FieldDefinition, Json, RecordRow, Values } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { shownAs } from "@/model/catalogue";
import { addDays } from "@/model/dates";
import { dayOf, instantOf, wallClock } from "@/model/format";
import { fieldValue } from "@/model/values";
import { toast } from "@/ui/toast";

interface Ends {
  start: string;
  end?: string | null | undefined;
}

/** The day that a value lies on in the workspace's time zone; null where there is none. */
export function dayIn(value: Json): string | null {
  if (typeof value !== "string" || value === "") return null;
  return value.length === 10 ? value : dayOf(value);
}

/** A day or moment, moved by whole days; the time of day stays. */
function shifted(value: Json, days: number): Json {
  if (typeof value !== "string" || value === "") return value;
  if (value.length === 10) return addDays(value, days);
  const wall = wallClock(value);
  return instantOf(`${addDays(wall.slice(0, 10), days)}${wall.slice(10)}`);
}

function isFree(field: FieldDefinition | undefined): boolean {
  return field !== undefined && field.access === "write" && !field.is_computed;
}

/** Moves the start and end of records by days, through the same write as any other change, with a way back. */
export function useDates(entity: string, { start, end }: Ends) {
  const { t } = useTranslation(["views", "common"]);
  const errorText = useErrorText();
  const catalogue = useCatalogue();
  const { update } = useRecordChanges(entity);
  const starts = catalogue.field(entity, start);
  const ends = end ? catalogue.field(entity, end) : undefined;
  const isTimed = starts ? shownAs(starts).type === "date_time" : false;

  const mayMove = (row: RecordRow) => isFree(starts) && (!end || isFree(ends)) && row.can?.update !== false;
  const write = (row: RecordRow, values: Values) => {
    const before = Object.fromEntries(Object.keys(values).map((key) => [key, fieldValue(row, key)]));
    update.mutate(
      { id: row.id, version: row.version, values },
      {
        onError: (error) => toast.error(errorText(error)),
        onSuccess: (saved) =>
          toast.done(t("views:moved", { title: row.title }), {
            label: t("common:actions.undo"),
            run: () =>
              update.mutate(
                { id: saved.id, version: saved.version, values: before },
                { onError: (error) => toast.error(errorText(error)) },
              ),
          }),
      },
    );
  };
  /** Moves the beginning, the end, or both. */
  const move = (row: RecordRow, days: number, part: "both" | "start" | "end" = "both") => {
    if (days === 0 || !mayMove(row)) return;
    const values: Values = {};
    if (part !== "end") values[start] = shifted(fieldValue(row, start), days);
    if (part !== "start" && end && fieldValue(row, end)) values[end] = shifted(fieldValue(row, end), days);
    if (Object.keys(values).length > 0) write(row, values);
  };
  return { move, mayMove, isTimed, isBusy: update.isPending };
}
