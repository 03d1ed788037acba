import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

/** Asks to which stage a new move leads. */
export function ConnectDialog({
  handle,
  source,
  onConnect,
  onClose,
}: {
  handle: ProcessHandle;
  source: string;
  onConnect: (target: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(["processes", "common"]);
  const targets = handle.process.stages.filter((each) => each.key !== source);
  return (
    <Dialog
      title={t("processes:transition.from", { stage: handle.stageName(source) })}
      width={380}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
    >
      <div className={styles.targets}>
        {targets.map((each) => (
          <Button
            key={each.key}
            onClick={() => {
              onConnect(each.key);
              onClose();
            }}
          >
            {t("processes:transition.to", { stage: handle.text(each.label, each.key) })}
          </Button>
        ))}
        {targets.length === 0 && <p>{t("processes:transition.noTarget")}</p>}
      </div>
    </Dialog>
  );
}
