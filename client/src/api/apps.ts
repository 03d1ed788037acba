/** Apps of the workspace: made, copied, exported, imported, taken out. */
import { useQuery } from "@tanstack/react-query";
import { api, saveBlob } from "./client";
import { keys } from "./keys";
import type { Resolutions } from "./studio";
import type { DraftChanges, NewApp, PackagePreview, Published, StudioApp } from "./types/studio";

export function useStudioApps() {
  return useQuery({
    queryKey: keys.studioApps,
    queryFn: ({ signal }) => api.get<StudioApp[]>("/studio/apps", undefined, signal),
  });
}

/** What taking an app out would do. */
export function useRemoval(key: string) {
  return useQuery({
    queryKey: [...keys.studioApps, key, "removal"],
    queryFn: ({ signal }) => api.get<DraftChanges>(`/studio/apps/${key}/removal`, undefined, signal),
  });
}

export const appsApi = {
  create: (app: { zh: string; en: string; icon: string; copy_of: string | null }) =>
    api.post<NewApp>("/studio/apps", app),
  preview: (yaml: string, resolutions: Resolutions) =>
    api.post<PackagePreview>("/studio/apps/preview", { yaml, resolutions }),
  install: (yaml: string, resolutions: Resolutions, note: string) =>
    api.post<Published>("/studio/apps/install", { yaml, resolutions, note }),
  uninstall: (key: string) => api.delete<Published>(`/studio/apps/${key}`),
  async export(key: string): Promise<void> {
    const { blob, name } = await api.download("GET", `/studio/apps/${key}/export`);
    saveBlob(blob, name);
  },
};
