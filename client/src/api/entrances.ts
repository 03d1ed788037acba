/** Ways in: apps from spreadsheets, templates, public forms, obstacles, tours. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, saveBlob } from "./client";
import type {
  AppPlan,
  Build,
  Gallery,
  Obstacle,
  ObstacleCategory,
  ObstacleList,
  ObstaclePlace,
  ObstacleState,
  PlanPreview,
  Proposal,
  PublicFormEntry,
  SubmissionList,
  Template,
  Tour,
  TourProgress,
  TourState,
} from "./types/entrances";
import type { TourDef } from "./types/studio";

const entranceKeys = {
  templates: ["templates"] as const,
  build: (id: string) => ["spreadsheets", id] as const,
  publicForms: ["public-forms"] as const,
  submissions: (form: string, state: string) => ["public-forms", form, state] as const,
  obstacles: (state: string, entity: string) => ["obstacles", state, entity] as const,
  ownObstacles: ["obstacles", "mine"] as const,
  tours: ["tours"] as const,
};

export const spreadsheetApi = {
  read: (files: string[], name: string) => api.post<Proposal>("/studio/spreadsheets/read", { files, name }),
  plan: (plan: AppPlan) => api.post<PlanPreview>("/studio/spreadsheets/plan", { plan }),
  build: (plan: AppPlan) => api.post<Build>("/studio/spreadsheets", { plan }),
  undo: (id: string) => api.delete<Build>(`/studio/spreadsheets/${id}`),
};

export function useBuild(id: string) {
  return useQuery({
    queryKey: entranceKeys.build(id),
    queryFn: () => api.get<Build>(`/studio/spreadsheets/${id}`),
    refetchInterval: (query) => (query.state.data?.phase === "importing" ? 700 : false),
  });
}

export function useGallery() {
  return useQuery({ queryKey: entranceKeys.templates, queryFn: () => api.get<Gallery>("/studio/templates") });
}

export function useTemplate(key: string) {
  return useQuery({
    queryKey: [...entranceKeys.templates, key],
    queryFn: () => api.get<Template>(`/studio/templates/${key}`),
  });
}

export function useInstallTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, rights }: { key: string; rights: Record<string, string[]> }) =>
      api.post<{ version: number }>(`/studio/templates/${key}/install`, { rights }),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function usePublicForms() {
  return useQuery({ queryKey: entranceKeys.publicForms, queryFn: () => api.get<PublicFormEntry[]>("/studio/public") });
}

export function useSubmissions(form: string, state: string) {
  return useQuery({
    queryKey: entranceKeys.submissions(form, state),
    queryFn: () => api.get<SubmissionList>(`/studio/public/${form}/submissions`, { status: state }),
  });
}

export function usePublicSteps() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: entranceKeys.publicForms });
  return {
    renew: useMutation({
      mutationFn: (form: string) => api.post<{ token: string }>(`/studio/public/${form}/link`),
      onSuccess,
    }),
    decide: useMutation({
      mutationFn: ({ id, accept }: { id: string; accept: boolean }) =>
        api.patch<unknown>(`/studio/submissions/${id}`, { accept }),
      onSuccess,
    }),
  };
}

export function useReportObstacle() {
  return useMutation({
    mutationFn: (report: { category: ObstacleCategory; text: string; place: ObstaclePlace }) =>
      api.post<Obstacle>("/obstacles", report),
  });
}

export function useObstacles(state: string, entity: string) {
  return useQuery({
    queryKey: entranceKeys.obstacles(state, entity),
    queryFn: () => api.get<ObstacleList>("/studio/obstacles", { status: state, entity }),
  });
}

export function useDecideObstacle() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...decision }: { id: string; state: ObstacleState; answer: string | null }) =>
      api.patch<Obstacle>(`/studio/obstacles/${id}`, decision),
    onSuccess: () => client.invalidateQueries({ queryKey: ["obstacles"] }),
  });
}

export async function downloadObstacles(): Promise<void> {
  const { blob, name } = await api.download("GET", "/studio/obstacles.csv");
  saveBlob(blob, name);
}

export function useTours() {
  return useQuery({ queryKey: entranceKeys.tours, queryFn: () => api.get<Tour[]>("/tours"), staleTime: 60_000 });
}

/** The tours that ship with the platform, as definitions to take over. */
export function useShippedTours() {
  return useQuery({
    queryKey: [...entranceKeys.tours, "shipped"],
    queryFn: () => api.get<TourDef[]>("/studio/tours/shipped"),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useKeepProgress() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ tour, ...progress }: { tour: string; state: TourState; step: string | null; done: string[] }) =>
      api.put<TourProgress>(`/tours/${tour}/progress`, progress),
    onSuccess: (progress) =>
      client.setQueryData<Tour[]>(entranceKeys.tours, (tours) =>
        tours?.map((each) => (each.key === progress.tour ? { ...each, progress } : each)),
      ),
  });
}

export const checkTourStep = async (tour: string, step: string): Promise<boolean> =>
  (await api.get<{ done: boolean }>(`/tours/${tour}/steps/${step}`)).done;
