import { useTranslation } from "react-i18next";
import { useVersionChanges } from "@/api/studio";
import { useErrorText } from "@/fields/useTexts";
import { Dialog } from "@/ui/Dialog";
import { EmptyState, SkeletonLines } from "@/ui/surfaces";
import { DiffList } from "../changes/DiffList";
import { Steps } from "../changes/PlanParts";
import styles from "./History.module.css";

/** How one version differs from another, in words and place by place. */
export function CompareDialog({ version, since, onClose }: { version: number; since: number; onClose: () => void }) {
  const { t } = useTranslation(["studio", "common"]);
  const errorText = useErrorText();
  const changes = useVersionChanges(version, since);
  const found = changes.data;
  return (
    <Dialog
      side
      width={680}
      title={t("history.compareTitle", { since, version })}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
    >
      {changes.isPending && <SkeletonLines />}
      {changes.isError && <EmptyState title={errorText(changes.error)} />}
      {found && found.diff.length === 0 && <EmptyState title={t("history.same")} />}
      {found && found.diff.length > 0 && (
        <div className={styles.compared}>
          {found.steps.length > 0 && <h3>{t("history.inWords")}</h3>}
          <Steps steps={found.steps} />
          <h3>{t("changes.diff")}</h3>
          <DiffList diff={found.diff} />
        </div>
      )}
    </Dialog>
  );
}
