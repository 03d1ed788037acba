import { Paperclip, Send } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/ui/Button";
import styles from "./Talk.module.css";

interface FootProps {
  isEditing: boolean;
  isBusy: boolean;
  isEmpty: boolean;
  onFiles: (files: File[]) => void;
  onSend: () => void;
  onCancel?: () => void;
}

/** Files, and sending. */
export function ComposerFoot({ isEditing, isBusy, isEmpty, onFiles, onSend, onCancel }: FootProps) {
  const { t } = useTranslation(["comments", "common"]);
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.foot}>
      <IconButton label={t("comments:attach")} onClick={() => chooser.current?.click()}>
        <Paperclip size={16} />
      </IconButton>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={t("comments:attach")}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <small>{t("comments:hint")}</small>
      {onCancel && (
        <Button small onClick={onCancel}>
          {t("common:actions.cancel")}
        </Button>
      )}
      <Button small kind="primary" busy={isBusy} disabled={isEmpty} icon={<Send size={14} />} onClick={onSend}>
        {isEditing ? t("comments:save") : t("comments:send")}
      </Button>
    </div>
  );
}
