import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { appsApi, useRemoval } from "@/api/apps";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { EmptyState, Notice, SkeletonLines } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { Steps } from "../changes/PlanParts";
import { useDraftStore } from "../draft/store";
import styles from "./Apps.module.css";

/** Takes an app out, after showing what goes with it. */
export function RemoveDialog({ app, onClose }: { app: { key: string; label: string }; onClose: () => void }) {
  const { t } = useTranslation(["studioApps", "common"]);
  const errorText = useErrorText();
  const client = useQueryClient();
  const load = useDraftStore((state) => state.load);
  const removal = useRemoval(app.key);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const remove = async () => {
    setBusy(true);
    setError(null);
    try {
      await appsApi.uninstall(app.key);
      toast.done(t("removed", { name: app.label }));
      onClose();
      await client.invalidateQueries();
      await load();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog
      width={620}
      title={t("removeTitle", { name: app.label })}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose} data-autofocus>
            {t("common:actions.cancel")}
          </Button>
          <Button
            kind="danger"
            busy={busy}
            disabled={!removal.data || removal.data.problems.length > 0}
            onClick={() => void remove()}
          >
            {t("remove")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t("removeText")}</p>
        {removal.isPending && <SkeletonLines />}
        {removal.isError && <EmptyState title={errorText(removal.error)} />}
        {removal.data?.problems.map((problem) => (
          <Notice key={`${problem.code}/${problem.path.join("/")}/${problem.message}`} kind="danger">
            {problem.message}
          </Notice>
        ))}
        {removal.data && <Steps steps={removal.data.steps} />}
        {error !== null && <Notice kind="danger">{errorText(error)}</Notice>}
      </div>
    </Dialog>
  );
}
