import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCellChange } from "@/api/records";
import type { CellRowChange, CellsOutcome, FieldDefinition, RecordRow, Values } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { type Edit, rememberEdit, takeEdit } from "@/model/edits";
import { fieldValue, forWriting } from "@/model/values";
import { toast } from "@/ui/toast";

/** What is said of what was written. */
export type Said = (cells: number, rows: number) => string;

/** What was refused, and what would be written without the cells that were. */
export interface Refusal {
  said: Said;
  rows: CellRowChange[];
  before: Map<string, RecordRow>;
  outcome: CellsOutcome;
  cells: number;
}

/** Values that cannot be compared or written back as they were read. */
const UNCOMPARED = new Set(["file", "image", "audio", "video", "signature", "sub_table"]);

const keysOf = (row: CellRowChange) => [...Object.keys(row.texts ?? {}), ...Object.keys(row.values ?? {})];
const cellsIn = (rows: CellRowChange[]) => rows.reduce((sum, row) => sum + keysOf(row).length, 0);

function without(row: CellRowChange, keys: Set<string>): CellRowChange {
  const kept = <T>(all: Record<string, T> | undefined) =>
    Object.fromEntries(Object.entries(all ?? {}).filter(([key]) => !keys.has(key)));
  return { ...row, texts: kept(row.texts), values: kept(row.values) };
}

/** What is left of a change without the cells that something stands against. */
function withoutRefused(rows: CellRowChange[], outcome: CellsOutcome): CellRowChange[] {
  const failures = new Map(outcome.failed.map((each) => [each.id, each]));
  return rows
    .map((row) => {
      const failure = failures.get(row.id);
      return failure ? without(row, refusedKeys(row, failure)) : row;
    })
    .filter((row) => keysOf(row).length > 0);
}

/** The cells of a refused record that something stands against; all of them where the record as a whole is refused. */
function refusedKeys(row: CellRowChange, failure: CellsOutcome["failed"][number]): Set<string> {
  const own = new Set(keysOf(row));
  const named = failure.problems.map((problem) => String(problem.path[1] ?? ""));
  return named.every((key) => own.has(key)) ? new Set(named) : own;
}

export interface CellWriter {
  /** `isQuiet` where whoever asks shows the refusal. */
  write: (rows: CellRowChange[], before: RecordRow[], said: Said, isQuiet?: boolean) => Promise<CellsOutcome | null>;
  isPending: boolean;
  refusal: Refusal | null;
  /** Refused cells with the reason, by record and field. */
  problems: ReadonlyMap<string, ReadonlyMap<string, string>>;
  writeRest: () => Promise<void>;
  dismiss: () => void;
}

/** Writes cells, remembers how to take that back, and keeps what was refused until somebody decides. */
export function useCellWriter(entity: string, fields: FieldDefinition[]): CellWriter {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const change = useCellChange(entity);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const types = new Map(fields.map((field) => [field.key, field.type]));

  const remember = (outcome: CellsOutcome, before: Map<string, RecordRow>, label: string) => {
    const rows = outcome.changed.flatMap(({ id, values }): CellRowChange[] => {
      const row = before.get(id);
      const kept = Object.entries(values).filter(([key]) => types.get(key) !== "sub_table");
      if (!row || kept.length === 0) return [];
      const former: Values = Object.fromEntries(kept.map(([key]) => [key, forWriting(fieldValue(row, key))]));
      return [{ id, values: former, expected: comparable(Object.fromEntries(kept), types) }];
    });
    if (rows.length === 0) return;
    const edit: Edit = {
      label,
      undo: async () => {
        try {
          const back = await change.mutateAsync({ rows, all_or_nothing: false });
          const failed = back.failed[0];
          if (failed)
            toast.error(
              `${t("records:cells.notUndone", { count: back.failed.length })} ${failed.problems[0]?.message ?? ""}`,
            );
          else toast.done(t("records:cell.undone"));
        } catch (error) {
          toast.error(errorText(error));
        }
      },
    };
    rememberEdit(edit);
    toast.done(label, { label: t("common:actions.undo"), run: () => void takeEdit(edit)?.undo() });
  };

  const send = async (rows: CellRowChange[], before: Map<string, RecordRow>, said: Said, all: boolean) => {
    try {
      const outcome = await change.mutateAsync({ rows, all_or_nothing: all });
      const refused = new Set(outcome.failed.map((each) => each.id));
      const written = rows.filter((row) => !refused.has(row.id));
      remember(outcome, before, said(cellsIn(written), written.length));
      return outcome;
    } catch (error) {
      toast.error(errorText(error));
      return null;
    }
  };

  const byId = (rows: RecordRow[]) => new Map(rows.map((row) => [row.id, row]));
  return {
    isPending: change.isPending,
    refusal,
    problems: problemsOf(refusal),
    dismiss: () => setRefusal(null),
    write: async (rows, rowsBefore, said, isQuiet = false) => {
      setRefusal(null);
      const before = byId(rowsBefore);
      const outcome = await send(rows, before, said, true);
      if (outcome && !outcome.written && !isQuiet) {
        const cells = outcome.failed.reduce((sum, each) => sum + each.problems.length, 0);
        setRefusal({ said, rows, before, outcome, cells });
      }
      return outcome;
    },
    writeRest: async () => {
      if (!refusal) return;
      const rows = withoutRefused(refusal.rows, refusal.outcome);
      if (rows.length > 0 && !(await send(rows, refusal.before, refusal.said, false))) return;
      setRefusal(null);
    },
  };
}

function comparable(values: Values, types: Map<string, string>): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !UNCOMPARED.has(types.get(key) ?? "")));
}

function problemsOf(refusal: Refusal | null): CellWriter["problems"] {
  return new Map(
    refusal?.outcome.failed.map((each) => [
      each.id,
      new Map(each.problems.map((problem) => [String(problem.path[1] ?? ""), problem.message])),
    ]),
  );
}
