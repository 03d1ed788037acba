import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { FileUp } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { uploadImportFile, useImportSteps, useImports } from "@/api/imports";
import type { FileInfo, ImportState } from "@/api/types";
import { FileChip, FileDrop } from "@/fields/file/edit";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame, NativeSelect } from "@/ui/controls";
import { EmptyState, Notice, Page, PageHeader, Panel, PlainTable, SkeletonLines, Tag } from "@/ui/surfaces";
import styles from "./Imports.module.css";

const SHEETS =
  ".xlsx,.csv,.zip,text/csv,application/zip,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const STATE_COLOURS: Record<ImportState, string> = {
  uploaded: "gold",
  mapped: "gold",
  checking: "blue",
  checked: "cyan",
  running: "blue",
  done: "green",
  failed: "red",
  undoing: "blue",
  undone: "grey",
};

function StartPanel() {
  const { t } = useTranslation("imports");
  const errorText = useErrorText();
  const navigate = useNavigate();
  const { entity: wanted } = useSearch({ from: "/inside/rich/imports" });
  const entities = useCatalogue().definitions.entities.filter((entity) => entity.can.import && !entity.parent);
  const [entity, setEntity] = useState(wanted ?? entities[0]?.key ?? "");
  const [file, setFile] = useState<FileInfo | null>(null);
  const { start } = useImportSteps();
  const begin = () => {
    if (!file) return;
    start.mutate(
      { entity, file: file.id },
      { onSuccess: (job) => void navigate({ to: "/imports/$id", params: { id: job.id } }) },
    );
  };
  return (
    <Panel title={t("start")}>
      {start.error && <Notice kind="danger">{errorText(start.error)}</Notice>}
      <div className={styles.start}>
        <FieldFrame label={t("entity")}>
          {(ids) => (
            <NativeSelect {...ids} value={entity} onChange={(event) => setEntity(event.target.value)}>
              {entities.map((each) => (
                <option key={each.key} value={each.key}>
                  {each.label}
                </option>
              ))}
            </NativeSelect>
          )}
        </FieldFrame>
        <FieldFrame label={t("file")} help={t("fileHint")}>
          {(ids) =>
            file ? (
              <FileChip file={file} onRemove={() => setFile(null)} />
            ) : (
              <FileDrop
                id={ids.id}
                accept={SHEETS}
                upload={(chosen) => uploadImportFile(entity, chosen)}
                onFile={setFile}
              />
            )
          }
        </FieldFrame>
        <Button kind="primary" disabled={!file} busy={start.isPending} onClick={begin}>
          {t("begin")}
        </Button>
      </div>
    </Panel>
  );
}

function HistoryPanel() {
  const { t } = useTranslation("imports");
  const errorText = useErrorText();
  const whenText = useWhenText();
  const catalogue = useCatalogue();
  const jobs = useImports();
  return (
    <Panel flush title={t("history")}>
      {jobs.isPending && (
        <div style={{ padding: 16 }}>
          <SkeletonLines lines={4} />
        </div>
      )}
      {jobs.isError && <EmptyState title={errorText(jobs.error)} />}
      {jobs.data?.length === 0 && <EmptyState icon={<FileUp size={36} />} title={t("historyEmpty")} />}
      {jobs.data && jobs.data.length > 0 && (
        <PlainTable stacked label={t("history")}>
          <thead>
            <tr>
              {(["file", "entity", "state", "rows", "created", "updated", "bad", "at"] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {jobs.data.map((job) => (
              <tr key={job.id}>
                <td>
                  <Link to="/imports/$id" params={{ id: job.id }}>
                    {job.file_name}
                  </Link>
                </td>
                <td data-inline data-label={t("columns.entity")}>
                  {catalogue.entity(job.entity)?.label ?? t("gone")}
                </td>
                <td data-inline>
                  <Tag colour={STATE_COLOURS[job.state]}>{t(`states.${job.state}`)}</Tag>
                </td>
                <td data-inline data-label={t("columns.rows")}>
                  {job.total}
                </td>
                <td data-inline data-label={t("columns.created")}>
                  {job.created}
                </td>
                <td data-inline data-label={t("columns.updated")}>
                  {job.updated}
                </td>
                <td data-inline data-label={t("columns.bad")}>
                  {job.bad}
                </td>
                <td data-label={t("columns.at")}>{whenText(job.created_at)}</td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
    </Panel>
  );
}

export function ImportsPage() {
  const { t } = useTranslation("imports");
  return (
    <Page>
      <PageHeader title={t("title")} note={t("note")} />
      <div className={styles.stack}>
        <StartPanel />
        <HistoryPanel />
      </div>
    </Page>
  );
}
