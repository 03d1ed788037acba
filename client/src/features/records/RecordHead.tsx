import { Link, useNavigate } from "@tanstack/react-router";
import { Eye, GitMerge, Link2, MoreHorizontal, Pencil, Printer, Share2, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecordChanges } from "@/api/records";
import type { EntityDefinition, RecordRow } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button, IconButton } from "@/ui/Button";
import { usePageTitle } from "@/ui/hooks";
import { Menu } from "@/ui/Menu";
import { toast } from "@/ui/toast";
import { Confirm } from "@/views/dialogs/Confirm";
import { deletionOf } from "./deletion";
import styles from "./Record.module.css";
import { FollowButton } from "./talk/FollowButton";

const AccessDialog = lazy(() =>
  import("@/views/access/AccessDialog").then((module) => ({ default: module.AccessDialog })),
);
const MergeStartDialog = lazy(() =>
  import("./merge/MergeStartDialog").then((module) => ({ default: module.MergeStartDialog })),
);
const ShareDialog = lazy(() => import("./ShareDialog").then((module) => ({ default: module.ShareDialog })));

interface HeadProps {
  entity: EntityDefinition;
  record: RecordRow;
  isEditing: boolean;
  onEdit: () => void;
}

function useRemove(entity: EntityDefinition, record: RecordRow) {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const navigate = useNavigate();
  const { remove, restore } = useRecordChanges(entity.key);
  // The page is left by then: what a restored record needs is told by the promise.
  const undo = () =>
    restore.mutateAsync(record.id).then(
      () => toast.done(t("records:trash.restored", { title: record.title })),
      (error) => toast.error(errorText(error)),
    );
  const run = () =>
    remove.mutate(record, {
      onSuccess: () => {
        const action = { label: t("common:actions.undo"), run: () => void undo() };
        toast.done(t("records:record.deleted"), action, deletionOf(record));
        void navigate({ to: "/e/$entity", params: { entity: entity.key } });
      },
      onError: (error) => toast.error(errorText(error)),
    });
  return { run, isBusy: remove.isPending };
}

export function RecordHead({ entity, record, isEditing, onEdit }: HeadProps) {
  const { t } = useTranslation(["records", "common"]);
  const whenText = useWhenText();
  const catalogue = useCatalogue();
  const [dialog, setDialog] = useState<"delete" | "share" | "access" | "merge" | null>(null);
  const removing = useRemove(entity, record);
  const navigate = useNavigate();
  const can = record.can ?? entity.can;
  const view = catalogue.defaultView(entity.key);
  const close = () => setDialog(null);
  const copy = () => {
    void navigator.clipboard.writeText(window.location.href).then(() => toast.done(t("records:record.linkCopied")));
  };
  const entries = [
    { key: "link", label: t("records:record.copyLink"), icon: <Link2 size={16} />, onSelect: copy },
    ...(can.update
      ? [
          {
            key: "share",
            label: t("records:record.share"),
            icon: <Share2 size={16} />,
            onSelect: () => setDialog("share"),
          },
        ]
      : []),
    { key: "access", label: t("records:record.access"), icon: <Eye size={16} />, onSelect: () => setDialog("access") },
    {
      key: "print",
      label: t("records:print.title"),
      icon: <Printer size={16} />,
      onSelect: () => void navigate({ to: "/e/$entity/$id/print", params: { entity: entity.key, id: record.id } }),
    },
    ...(can.update && can.delete
      ? [
          {
            key: "merge",
            label: t("records:merge.menu"),
            icon: <GitMerge size={16} />,
            onSelect: () => setDialog("merge"),
          },
        ]
      : []),
    ...(can.delete
      ? [
          {
            key: "delete",
            label: t("common:actions.delete"),
            icon: <Trash2 size={16} />,
            danger: true,
            split: true,
            onSelect: () => setDialog("delete"),
          },
        ]
      : []),
  ];
  usePageTitle(record.title);
  return (
    <div>
      <div className={styles.crumb}>
        {view ? (
          <Link to="/v/$view" params={{ view: view.key }}>
            {entity.label}
          </Link>
        ) : (
          <Link to="/e/$entity" params={{ entity: entity.key }}>
            {entity.label}
          </Link>
        )}
      </div>
      <div className={styles.head}>
        <h1 tabIndex={-1}>{record.title}</h1>
        <div className={styles.actions}>
          {can.update && !isEditing && (
            <Button icon={<Pencil size={15} />} onClick={onEdit}>
              {t("records:record.edit")}
            </Button>
          )}
          {!record.deleted_at && <FollowButton record={record} />}
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
        </div>
      </div>
      <div className={styles.meta}>
        {record.display.owner && (
          <span>
            {t("records:record.owner")} {record.display.owner}
          </span>
        )}
        {record.display.department && <span>{record.display.department}</span>}
        <span>{t("records:record.updated", { when: whenText(record.updated_at) })}</span>
      </div>
      <Suspense fallback={null}>
        {dialog === "share" && <ShareDialog record={record} onClose={close} />}
        {dialog === "merge" && <MergeStartDialog entity={entity} record={record} onClose={close} />}
        {dialog === "access" && <AccessDialog record={record} onClose={close} />}
      </Suspense>
      {dialog === "delete" && (
        <Confirm
          title={t("records:record.deleteSure", { title: record.title })}
          text={t("records:record.deleteText")}
          confirm={t("common:actions.delete")}
          busy={removing.isBusy}
          onConfirm={removing.run}
          onClose={close}
        />
      )}
    </div>
  );
}
