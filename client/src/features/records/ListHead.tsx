import { useNavigate } from "@tanstack/react-router";
import { Download, FileSpreadsheet, FileText, FileUp, MoreHorizontal, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useExport } from "@/api/records";
import type { EntityDefinition, ViewDefinition } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
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

export function ListHead({ entity, view, state }: HeadProps) {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const exporting = useExport(entity.key);
  const download = (format: "xlsx" | "csv") =>
    exporting.mutate(
      { ...state.query, fields: state.columns, format },
      { onSuccess: () => toast.done(t("records:list.exported")), onError: (error) => toast.error(errorText(error)) },
    );
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
