import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

/** Asks before typed work is lost. */
export function LeaveDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { t } = useTranslation(["records", "common"]);
  return (
    <Dialog
      title={t("records:record.unsavedTitle")}
      width={420}
      closeLabel={t("common:actions.close")}
      onClose={onStay}
      foot={
        <>
          <Button kind="danger" onClick={onLeave}>
            {t("records:record.leave")}
          </Button>
          <Button kind="primary" data-autofocus onClick={onStay}>
            {t("records:record.stay")}
          </Button>
        </>
      }
    >
      {t("records:record.unsaved")}
    </Dialog>
  );
}
