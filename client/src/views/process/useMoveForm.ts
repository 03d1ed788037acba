import { useState } from "react";
import { ApiError } from "@/api/client";
import { useMove, useMoveCheck } from "@/api/process";
import type { FieldDefinition, Problem, RecordRow, SlotState, TransitionState, Values } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { placeOf, sortProblems } from "@/model/problems";
import { changedValues, isEmptyValue } from "@/model/values";
import { useSettled } from "@/ui/hooks";
import { askedFields, PLACES } from "./asking";

/** Problems that the dialog does not already show as a field to fill or a proof to add. */
function otherProblems(transition: TransitionState): Problem[] {
  const slots = new Set(transition.evidence.map((slot) => slot.slot));
  const fields = new Set(transition.required_fields);
  return transition.missing.filter((problem) => {
    const names = problem.path.map(String);
    return !names.some((name) => slots.has(name) || fields.has(name) || name === "action" || name === "remark");
  });
}

export const isShort = (slot: SlotState) => slot.required !== false && slot.have < slot.minimum;

/** What was filled in for a move, what is still missing, and sending it. */
export function useMoveForm(record: RecordRow, transition: TransitionState, onMoved: () => void) {
  const catalogue = useCatalogue();
  const move = useMove(record.entity);
  const [action, setAction] = useState<string | null>(null);
  const [remark, setRemark] = useState("");
  const [values, setValues] = useState<Values>({});
  const [tried, setTried] = useState(false);
  const fieldOf = (key: string): FieldDefinition | undefined => catalogue.field(record.entity, key) ?? undefined;
  const valueAt = (key: string) => (key in values ? values[key] : record.values[key]) ?? null;
  const demanded = askedFields(transition.required_fields, [], [], fieldOf);
  const entered = askedFields([], [], Object.keys(values), fieldOf);

  const refused = move.error instanceof ApiError && move.error.status === 422 ? move.error.problems : [];
  const needsAction = transition.reasons.length > 0 && action === null;
  const needsRemark = transition.remark_required && remark.trim() === "";
  const emptyFields = demanded.filter((field) => isEmptyValue(valueAt(field.key)));
  const shortSlots = transition.evidence.filter(isShort);
  const changed = changedValues(entered, record.values, { ...record.values, ...values });
  const filled = JSON.stringify({ transition: transition.key, action, remark: remark.trim(), values: changed });
  const draft = useSettled(filled);
  // Guards and rules are judged by the server, with what was filled in so far.
  const check = useMoveCheck(record.entity, record.id, JSON.parse(draft));
  const fields = askedFields(
    transition.required_fields,
    [...(check.data ?? transition.missing), ...refused],
    Object.keys(values),
    fieldOf,
  );
  const shown = new Set(fields.map((field) => field.key));
  const sorted = sortProblems(refused, new Set([...PLACES, ...shown]));
  const blocks = otherProblems({ ...transition, missing: check.data ?? transition.missing }).filter(
    (each) => !shown.has(placeOf(each)),
  );
  const judged = new Map(
    (check.data ?? []).flatMap((each) => (shown.has(placeOf(each)) ? [[placeOf(each), each.message]] : [])),
  );
  const wrong = [...judged.keys()].filter((key) => !emptyFields.some((field) => field.key === key));
  const missing =
    Number(needsAction) + Number(needsRemark) + emptyFields.length + shortSlots.length + blocks.length + wrong.length;

  const submit = () => {
    setTried(true);
    if (needsAction || needsRemark || emptyFields.length > 0 || shortSlots.length > 0) return;
    move.mutate(
      {
        id: record.id,
        transition: transition.key,
        version: record.version,
        action,
        remark: remark.trim(),
        ...(Object.keys(changed).length > 0 ? { values: changed } : {}),
      },
      { onSuccess: onMoved },
    );
  };
  return {
    action,
    setAction,
    remark,
    setRemark,
    fields,
    valueAt,
    tried,
    submit,
    missing,
    judged,
    isChecking: check.isFetching || draft !== filled,
    blocks,
    needsAction,
    needsRemark,
    emptyFields,
    set: (key: string, value: Values[string]) => setValues((all) => ({ ...all, [key]: value ?? null })),
    problems: sorted,
    error: refused.length > 0 ? null : move.error,
    isMoving: move.isPending,
  };
}
