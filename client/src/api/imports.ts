import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, saveBlob } from "./client";
import { keys } from "./keys";
import type { FileInfo, ImportJob, ImportMapping } from "./types";

const isMoving = (job: ImportJob | undefined) =>
  job?.state === "checking" || job?.state === "running" || job?.state === "undoing";

/** Uploads what is to be imported, which may be as large as the largest export. */
export function uploadImportFile(entity: string, file: File): Promise<FileInfo> {
  const form = new FormData();
  form.append("file", file, file.name);
  return api.upload<FileInfo>(`/imports/files?entity=${encodeURIComponent(entity)}`, form);
}

export function useImports() {
  return useQuery({
    queryKey: keys.imports,
    queryFn: async () => (await api.get<{ imports: ImportJob[] }>("/imports")).imports,
  });
}

export function useImport(id: string | null) {
  return useQuery({
    queryKey: keys.importJob(id ?? ""),
    queryFn: () => api.get<ImportJob>(`/imports/${id}`),
    enabled: id !== null,
    refetchInterval: (query) => (isMoving(query.state.data) ? 700 : false),
  });
}

export function useImportSteps() {
  const client = useQueryClient();
  const keep = (job: ImportJob) => {
    client.setQueryData(keys.importJob(job.id), (old: ImportJob | undefined) => ({ ...old, ...job }));
    client.invalidateQueries({ queryKey: keys.importJob(job.id) });
    client.invalidateQueries({ queryKey: keys.imports, exact: true });
  };
  return {
    start: useMutation({
      mutationFn: (draft: { entity: string; file: string }) => api.post<ImportJob>("/imports", draft),
      onSuccess: keep,
    }),
    map: useMutation({
      mutationFn: ({ id, ...mapping }: ImportMapping & { id: string }) =>
        api.put<ImportJob>(`/imports/${id}/mapping`, mapping),
      onSuccess: keep,
    }),
    check: useMutation({ mutationFn: (id: string) => api.post<ImportJob>(`/imports/${id}/check`), onSuccess: keep }),
    run: useMutation({ mutationFn: (id: string) => api.post<ImportJob>(`/imports/${id}/run`), onSuccess: keep }),
    undo: useMutation({ mutationFn: (id: string) => api.post<ImportJob>(`/imports/${id}/undo`), onSuccess: keep }),
  };
}

export async function downloadImportErrors(id: string): Promise<void> {
  const { blob, name } = await api.download("GET", `/imports/${id}/errors`);
  saveBlob(blob, name);
}
