import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ApiError } from "@/api/client";
import { evaluateRecord, useRecordChanges } from "@/api/records";
import type { EntityDefinition, Evaluation, FieldDefinition, RecordRow, Values } from "@/api/types";
import { unsettled } from "@/model/kin";
import { type SortedProblems, sortProblems } from "@/model/problems";
import { changedValues, fieldValue, forWriting, isEmptyValue } from "@/model/values";
import { useSettled } from "@/ui/hooks";
import type { FormModel } from "./FormFields";

const NOTHING: Evaluation = { visible: {}, required: {}, options: {}, tips: {}, values: {}, display: {} };
const NO_PROBLEMS: SortedProblems = { fields: {}, rest: [] };

const isConditional = (field: FieldDefinition) =>
  Boolean(field.visible_if || field.required_if) ||
  Object.keys(field.options_if ?? {}).length > 0 ||
  Object.keys(field.tip_if ?? {}).length > 0;

/** Asks the server which fields are to be seen, needed, chosen from and filled in by default, given what was typed. */
function useEvaluation(entity: EntityDefinition, values: Values, id: string | undefined): Evaluation {
  const isNeeded = entity.fields.some((field) => isConditional(field) || (!id && Boolean(field.default)));
  const settled = useSettled(JSON.stringify(values), 250);
  const { data } = useQuery({
    queryKey: ["evaluate", entity.key, id ?? "", settled],
    queryFn: ({ signal }) => {
      const sent = Object.entries(JSON.parse(settled) as Values).map(([key, value]) => [key, forWriting(value)]);
      return evaluateRecord(entity.key, { values: Object.fromEntries(sent) as Values, ...(id ? { id } : {}) }, signal);
    },
    enabled: isNeeded,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  return data ?? NOTHING;
}

export interface RecordForm extends FormModel {
  problems: SortedProblems;
  changes: Values;
  isDirty: boolean;
  isSaving: boolean;
  conflict: boolean;
  error: Error | null;
  /** Saves; with `over`, on top of a newer version and with these values instead of those in the form. */
  save: (over?: { version: number; values: Values }) => Promise<RecordRow | null>;
  clearConflict: () => void;
}

/** Fields with a default that was cleared: they are sent as empty, or the default would come back. */
function emptied(entity: EntityDefinition, typed: Values): Values {
  const cleared = entity.fields.filter(
    (field) => field.default && field.key in typed && isEmptyValue(typed[field.key]) && field.access === "write",
  );
  return Object.fromEntries(cleared.map((field) => [field.key, null]));
}

/** The state of a record's form: what was typed, what the server thinks of it, and saving. */
export function useRecordForm(entity: EntityDefinition, record: RecordRow | null, preset: Values = {}): RecordForm {
  const base = useMemo<Values>(() => {
    if (!record) return {};
    return { ...record.values, owner: fieldValue(record, "owner") };
  }, [record]);
  const [typed, setTyped] = useState<Values>(preset);
  const [error, setError] = useState<Error | null>(null);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const { create, update } = useRecordChanges(entity.key);
  const values = useMemo(() => ({ ...base, ...typed }), [base, typed]);
  const evaluation = useEvaluation(entity, values, record?.id);
  const changes = useMemo(() => changedValues(entity.fields, base, values), [entity, base, values]);
  /** With the defaults of what was not touched; they stay the server's to give, and are not sent. */
  const shownValues = useMemo(
    () => (record ? values : { ...evaluation.values, ...values }),
    [record, evaluation, values],
  );
  const fields = entity.fields.filter((field) => evaluation.visible[field.key] ?? !field.visible_if);

  const found =
    error instanceof ApiError && error.status === 422
      ? sortProblems(error.problems, new Set(fields.map((field) => field.key)))
      : NO_PROBLEMS;
  const shown = Object.fromEntries(Object.entries(found.fields).filter(([key]) => !touched.has(key)));
  const isConflict = error instanceof ApiError && error.code === "record.changed";

  const save: RecordForm["save"] = async (over) => {
    setError(null);
    setTouched(new Set());
    const sent = over?.values ?? changes;
    try {
      if (record)
        return await update.mutateAsync({ id: record.id, version: over?.version ?? record.version, values: sent });
      const filled = Object.entries(sent).filter(([, value]) => !isEmptyValue(value));
      return await create.mutateAsync({ ...Object.fromEntries(filled), ...emptied(entity, typed) } as Values);
    } catch (caught) {
      setError(caught as Error);
      return null;
    }
  };
  return {
    entity,
    values: shownValues,
    set: (key, value) => {
      const emptied = unsettled(entity.fields, shownValues, key, value);
      setTyped((all) => ({ ...all, ...Object.fromEntries(emptied.map((each) => [each, null])), [key]: value }));
      setTouched((all) => new Set([...all, key, ...emptied]));
    },
    fields,
    isRequired: (field) => field.required || evaluation.required[field.key] === true,
    allowed: (field) => evaluation.options[field.key],
    tips: (field) => evaluation.tips[field.key],
    display: (key) => (key in typed ? undefined : evaluation.display[key]),
    problems: { fields: shown, rest: found.rest },
    changes,
    isDirty: Object.keys(changes).length > 0,
    isSaving: create.isPending || update.isPending,
    conflict: isConflict,
    error: isConflict || (error instanceof ApiError && error.status === 422) ? null : error,
    save,
    clearConflict: () => setError(null),
  };
}
