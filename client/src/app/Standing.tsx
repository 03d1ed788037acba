import { useTranslation } from "react-i18next";
import { useSeenAt } from "@/api/offline";
import { useWhenText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { takeNewVersion, useHasNewVersion } from "./offline";
import styles from "./Shell.module.css";

/** What everybody should know about the page itself: no network, no live updates, a new version. */
export function Standing({ isLost }: { isLost: boolean }) {
  const { t } = useTranslation();
  const whenText = useWhenText();
  const seenAt = useSeenAt();
  const hasNewVersion = useHasNewVersion();
  return (
    <div className={styles.standing}>
      {hasNewVersion && (
        <div className={styles.news} role="status">
          {t("live.newVersion")}
          <Button small kind="primary" onClick={takeNewVersion}>
            {t("actions.reload")}
          </Button>
        </div>
      )}
      {seenAt !== null && (
        <div className={styles.lost} role="status">
          {t("live.offline", { when: whenText(seenAt) })}
        </div>
      )}
      {isLost && seenAt === null && (
        <div className={styles.lost} role="status">
          {t("live.lost")}
        </div>
      )}
    </div>
  );
}
