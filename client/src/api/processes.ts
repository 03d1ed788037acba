/** Processes for those who build: where records run, and walking a record through the draft. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./keys";
import type { components } from "./schema.gen";

type Schemas = components["schemas"];
export type Running = Schemas["RunningOut"];
export type RunningVersion = Running["versions"][number];
export type Walk = Schemas["WalkOut"];
export type WalkMove = Walk["moves"][number];
export type WalkTaken = Walk["steps"][number];
export type WalkEffect = Walk["created"][number];
export type RunningChange = Schemas["RunningChangeOut"];

export interface WalkStep {
  hours?: number;
  values?: Record<string, unknown>;
  evidence?: Record<string, number>;
  transition?: string;
  action?: string | null;
  remark?: string | null;
}

export interface WalkQuestion {
  role: string;
  record: string | null;
  values: Record<string, unknown>;
  stage: string | null;
  at: string | null;
  steps: WalkStep[];
}

/** Where the records of a published process run. */
export function useRunning(process: string, isPublished: boolean) {
  return useQuery({
    queryKey: [...keys.studio, "running", process],
    queryFn: ({ signal }) => api.get<Running>(`/studio/processes/${process}/running`, undefined, signal),
    enabled: isPublished,
  });
}

/** Walks a record through the process of the draft, as of a revision. */
export function useWalk(process: string, question: WalkQuestion, revision: number, isReady: boolean) {
  return useQuery({
    queryKey: [...keys.studio, "walk", process, revision, question],
    queryFn: ({ signal }) => api.post<Walk>(`/studio/processes/${process}/simulate`, question, signal),
    enabled: isReady,
    placeholderData: (former) => former,
    retry: false,
  });
}

interface VersionMove {
  number: number;
  stages: string[];
  moves: Record<string, string>;
  reason: string;
}

/** Takes records of a former version to the present one. */
export function useMoveRunning(process: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ number, ...body }: VersionMove) =>
      api.post<{ records: number; queued: boolean }>(`/studio/processes/${process}/versions/${number}/move`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: [...keys.studio, "running", process] }),
  });
}
