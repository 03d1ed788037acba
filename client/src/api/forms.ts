/** What the form designer asks of the server. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./keys";
import type { Evaluation, FieldTypeKey, Problem, Values } from "./types";
import type { Entity, OptionSet } from "./types/studio";

export type SettingKind =
  | "integer"
  | "number"
  | "text"
  | "label"
  | "switch"
  | "choice"
  | "date"
  | "date_time"
  | "texts"
  | "options"
  | "option_set"
  | "entity"
  | "child_entity"
  | "numbering"
  | "own_relation"
  | "related_field"
  | "collection"
  | "collection_field"
  | "formula"
  | "collection_formula"
  | "result"
  | "format"
  | "narrow";

export interface Choice {
  value: string;
  label: string;
}

/** One setting of a field type, as a designer asks for it. */
export interface Setting {
  key: string;
  label: string;
  kind: SettingKind;
  required: boolean;
  default: unknown;
  help: string | null;
  minimum: number | null;
  maximum: number | null;
  choices: Choice[];
}

export interface FieldTypeInfo {
  key: FieldTypeKey;
  label: string;
  about: string;
  group: string;
  is_computed: boolean;
  takes: {
    required: boolean;
    unique: boolean;
    searchable: boolean;
    default: boolean;
    choices: boolean;
    title: boolean;
  };
  value: string;
  /** Types that it may become with its values kept. */
  casts: string[];
  settings: Setting[];
}

export interface FieldTypes {
  groups: Choice[];
  types: FieldTypeInfo[];
  results: Choice[];
}

export interface TrialQuestion {
  entity: Entity;
  option_sets: OptionSet[];
  values: Values;
  stage?: string;
}

export interface Trial extends Evaluation {
  problems: Problem[];
  later: string[];
}

export interface UsageItem {
  kind: string;
  key: string;
  entity: string | null;
  label: string;
  aspect: string;
  kind_label: string;
  aspect_label: string;
}

export function useFieldTypes(language: string) {
  return useQuery({
    queryKey: keys.fieldTypes(language),
    queryFn: ({ signal }) => api.get<FieldTypes>("/studio/field-types", undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What a form that is not published makes of what was typed into it. */
export function useTrial(question: string) {
  return useQuery({
    queryKey: keys.trial(question),
    queryFn: ({ signal }) => api.post<Trial>("/studio/forms/try", JSON.parse(question), signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  });
}

export const findUsages = (entity: string, field: string) =>
  api.get<UsageItem[]>("/studio/usages", { kind: "field", key: field, entity });
