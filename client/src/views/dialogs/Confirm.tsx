import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

interface ConfirmProps {
  title: string;
  text?: string;
  confirm: string;
  busy?: boolean;
  isPlain?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

const FIRST = { "data-autofocus": true };

/** Asks before something that is hard to take back: Enter stays on the safe side, unless what is asked is plain. */
export function Confirm({ title, text, confirm, busy, isPlain, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={title}
      width={420}
      closeLabel={t("actions.close")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose} {...(isPlain ? {} : FIRST)}>
            {t("actions.cancel")}
          </Button>
          <Button
            kind={isPlain ? "primary" : "danger"}
            {...(busy ? { busy } : {})}
            {...(isPlain ? FIRST : {})}
            onClick={onConfirm}
          >
            {confirm}
          </Button>
        </>
      }
    >
      {text ?? title}
    </Dialog>
  );
}
