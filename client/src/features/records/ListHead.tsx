import { useNavigate } from "@tanstack/react-router";
import { Download, FileArchive, FileSpreadsheet, FileText, FileUp, MoreHorizontal, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type ExportFormat, useExport } from "@/api/records";
import type { EntityDefinition, ViewDefinition } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { type Catalogue, textOption } from "@/model/catalogue";
import { manyOf } from "@/model/plural";
import { Button, IconButton } from "@/ui/Button";
import { usePageTitle } from "@/ui/hooks";
import { Menu, type MenuEntry } from "@/ui/Menu";
import { useIsPhone } from "@/ui/media";
import { toast } from "@/ui/toast";
import styles from "@/views/list/List.module.css";
import type { ListState } from "@/views/list/useListState";

interface HeadProps {
  entity: EntityDefinition;
  view: ViewDefinition | undefined;
  state: ListState;
}

const UPLOADS: readonly string[] = ["file", "image", "audio", "video", "signature"];

/** The sub-tables, whose rows a workbook has on sheets of their own, and the fields that hold files: no column need show them. */
function keysApart(catalogue: Catalogue, entity: EntityDefinition) {
  const uploads = (each: EntityDefinition | undefined) =>
    each?.fields.filter((field) => UPLOADS.includes(field.type)) ?? [];
  const tables = entity.fields.filter((field) => field.type === "sub_table");
  const rows = tables.flatMap((field) => uploads(catalogue.entity(textOption(field, "entity") ?? "")));
  const own = uploads(entity);
  return {
    tables: tables.map((field) => field.key),
    files: own.map((field) => field.key),
    hasFiles: own.length + rows.length > 0,
  };
}

export function ListHead({ entity, view, state }: HeadProps) {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const catalogue = useCatalogue();
  const exporting = useExport(entity.key);
  const apart = keysApart(catalogue, entity);
  const download = (format: ExportFormat) => {
    const more = { csv: [], xlsx: apart.tables, zip: [...apart.tables, ...apart.files] }[format];
    exporting.mutate(
      { ...state.query, fields: [...new Set([...state.columns, ...more])], format },
      { onSuccess: () => toast.done(t("records:list.exported")), onError: (error) => toast.error(errorText(error)) },
    );
  };
  const create = () => void navigate({ to: "/e/$entity/new", params: { entity: entity.key } });
  const entries: MenuEntry[] = [
    ...(entity.can.import
      ? [
          {
            key: "import",
            label: t("records:list.import"),
            icon: <FileUp size={16} />,
            onSelect: () => void navigate({ to: "/imports", search: { entity: entity.key } }),
          },
        ]
      : []),
    ...(entity.can.export
      ? [
          {
            key: "xlsx",
            label: t("records:list.exportXlsx"),
            icon: <FileSpreadsheet size={16} />,
            onSelect: () => download("xlsx"),
          },
          ...(apart.hasFiles
            ? [
                {
                  key: "zip",
                  label: t("records:list.exportZip"),
                  icon: <FileArchive size={16} />,
                  onSelect: () => download("zip"),
                },
              ]
            : []),
          {
            key: "csv",
            label: t("records:list.exportCsv"),
            icon: <FileText size={16} />,
            onSelect: () => download("csv"),
          },
        ]
      : []),
    ...(entity.can.delete
      ? [
          {
            key: "trash",
            label: t("common:nav.recycleBin"),
            icon: <Trash2 size={16} />,
            split: true,
            onSelect: () => void navigate({ to: "/e/$entity/trash", params: { entity: entity.key } }),
          },
        ]
      : []),
  ];
  const several = manyOf(entity.label, useLanguage());
  usePageTitle(view?.label ?? several);
  return (
    <header className={styles.head}>
      <h1 tabIndex={-1}>{several}</h1>
      <div className={styles.actions}>
        {exporting.isPending && (
          <span className={styles.note}>
            <Download size={14} aria-hidden="true" /> {t("records:list.export")}…
          </span>
        )}
        {entries.length > 0 && (
          <Menu
            end
            label={t("records:list.more")}
            entries={entries}
            trigger={(trigger) => (
              <IconButton {...trigger} kind="plain" label={t("records:list.more")}>
                <MoreHorizontal size={17} />
              </IconButton>
            )}
          />
        )}
        {entity.can.create && (
          <Button kind="primary" icon={<Plus size={16} />} data-tour="list.new" onClick={create}>
            {isPhone ? t("common:actions.create") : t("records:list.create", { entity: entity.label })}
          </Button>
        )}
      </div>
    </header>
  );
}
