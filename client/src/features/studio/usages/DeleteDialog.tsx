import { useTranslation } from "react-i18next";
import { type Used, useUsages } from "@/api/modelling";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { UsageList } from "./UsageList";
import styles from "./Usages.module.css";

interface DeleteDialogProps {
  title: string;
  /** What becomes of the data. */
  text: string;
  used: Used;
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something is deleted, and shows where it is used. */
export function DeleteDialog({ title, text, used, confirm, onConfirm, onClose }: DeleteDialogProps) {
  const { t } = useTranslation(["model", "common"]);
  const count = useUsages(used, useDraft().revision).data?.length ?? 0;
  return (
    <Dialog
      title={title}
      width={520}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose} data-autofocus>
            {t("common:actions.cancel")}
          </Button>
          <Button kind="danger" onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      <div className={styles.warn}>
        <p>{text}</p>
        {count > 0 && <Notice kind="warning">{t("model:usages.warn", { count })}</Notice>}
        <UsageList used={used} />
      </div>
    </Dialog>
  );
}
