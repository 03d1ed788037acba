import { useNavigate } from "@tanstack/react-router";
import { GitMerge, PencilLine, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecordChanges } from "@/api/records";
import type { BulkOutcome, EntityDefinition, RecordRow } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { manyOf } from "@/model/plural";
import { Button } from "@/ui/Button";
import { toast } from "@/ui/toast";
import { Confirm } from "../dialogs/Confirm";
import styles from "./List.module.css";

const BulkEditDialog = lazy(() => import("./BulkEditDialog").then((module) => ({ default: module.BulkEditDialog })));

/** Records that fit side by side on the merging page. */
const MOST_MERGED = 5;

interface BulkProps {
  entity: EntityDefinition;
  selected: ReadonlyMap<string, RecordRow>;
  onClear: () => void;
}

/** What can be done with the selected records together. */
export function BulkBar({ entity, selected, onClear }: BulkProps) {
  const { t } = useTranslation("records");
  const several = manyOf(entity.label, useLanguage());
  const errorText = useErrorText();
  const { bulkDelete } = useRecordChanges(entity.key);
  const [dialog, setDialog] = useState<"edit" | "delete" | null>(null);
  const navigate = useNavigate();
  const ids = [...selected.keys()];
  const report = (outcome: BulkOutcome) => {
    if (outcome.changed > 0) toast.done(t("bulk.deleted", { count: outcome.changed }));
    if (outcome.failed.length > 0) {
      const why = outcome.failed[0]?.problems[0]?.message ?? "";
      toast.error(`${t("bulk.failed", { count: outcome.failed.length })} ${why}`);
    }
    setDialog(null);
    onClear();
  };
  return (
    <div className={styles.selection} role="status">
      <strong>{t("list.selected", { count: selected.size })}</strong>
      {entity.can.update && (
        <Button small icon={<PencilLine size={15} />} onClick={() => setDialog("edit")}>
          {t("bulk.edit")}
        </Button>
      )}
      {entity.can.update && entity.can.delete && ids.length > 1 && ids.length <= MOST_MERGED && (
        <Button
          small
          icon={<GitMerge size={15} />}
          onClick={() => void navigate({ to: "/e/$entity/merge", params: { entity: entity.key }, search: { ids } })}
        >
          {t("merge.several")}
        </Button>
      )}
      {entity.can.delete && (
        <Button small icon={<Trash2 size={15} />} onClick={() => setDialog("delete")}>
          {t("bulk.delete")}
        </Button>
      )}
      <Button small kind="quiet" onClick={onClear}>
        {t("list.clearSelection")}
      </Button>
      {dialog === "edit" && (
        <Suspense fallback={null}>
          <BulkEditDialog entity={entity} selected={selected} onClose={() => setDialog(null)} onDone={onClear} />
        </Suspense>
      )}
      {dialog === "delete" && (
        <Confirm
          title={t("bulk.deleteSure", { count: ids.length, entity: ids.length === 1 ? entity.label : several })}
          text={t("bulk.deleteText")}
          confirm={t("bulk.delete")}
          busy={bulkDelete.isPending}
          onClose={() => setDialog(null)}
          onConfirm={() =>
            bulkDelete.mutate(ids, { onSuccess: report, onError: (error) => toast.error(errorText(error)) })
          }
        />
      )}
    </div>
  );
}
