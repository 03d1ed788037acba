/** The formula language as the server knows it: functions, names, and what a text means. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./keys";
import type { FormulaAnswer, FormulaEntity, FormulaFunction, FormulaQuestion } from "./types";

export function useFormulaFunctions() {
  return useQuery({
    queryKey: keys.formulaFunctions,
    queryFn: () => api.get<FormulaFunction[]>("/studio/formula/functions"),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What formulas may name, at a revision of the draft. */
export function useFormulaNames(revision: number) {
  return useQuery({
    queryKey: keys.formulaNames(revision),
    queryFn: async () => (await api.get<{ entities: FormulaEntity[] }>("/studio/formula/names")).entities,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}

export function useFormulaCheck(question: FormulaQuestion, revision: number) {
  return useQuery({
    queryKey: keys.formulaCheck(question, revision),
    queryFn: ({ signal }) => api.post<FormulaAnswer>("/studio/formula/check", question, signal),
    enabled: question.text.trim() !== "",
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    gcTime: 60_000,
  });
}
