import { BadgeCheck, GitCompareArrows, RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { VersionInfo } from "@/api/types/studio";
import { useWhenText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Tag } from "@/ui/surfaces";
import { Steps } from "../changes/PlanParts";
import styles from "./History.module.css";

interface VersionRowProps {
  version: VersionInfo;
  appLabel: (key: string) => string;
  isCurrent: boolean;
  onCompare: () => void;
  onRestore: () => void;
}

/** A published version: who, when, why, what it did and who approved. */
export function VersionRow({ version, appLabel, isCurrent, onCompare, onRestore }: VersionRowProps) {
  const { t } = useTranslation("studio");
  const when = useWhenText();
  const apps = Object.entries(version.apps).map(([key, number]) => `${appLabel(key)} ${number}`);
  return (
    <li className={styles.version} data-current={isCurrent}>
      <div className={styles.head}>
        <strong>{t("history.version", { version: version.version })}</strong>
        {isCurrent && <Tag colour="green">{t("history.current")}</Tag>}
        {version.restored_from !== null && (
          <Tag colour="purple">{t("history.restoredFrom", { version: version.restored_from })}</Tag>
        )}
        <span className={styles.by}>
          {version.author_id === null ? t("history.platform") : version.author} ·{" "}
          <time dateTime={version.at}>{when(version.at)}</time>
        </span>
      </div>
      {version.note && <p className={styles.note}>{version.note}</p>}
      {version.signatures.length > 0 && (
        <ul className={styles.signatures}>
          {version.signatures.map((each) => (
            <li key={each.place}>
              <BadgeCheck size={14} aria-hidden="true" />
              {t("history.signed", { label: each.label, name: each.approver })}
            </li>
          ))}
        </ul>
      )}
      {version.steps.length > 0 && (
        <details className={styles.steps}>
          <summary>{t("history.steps", { count: version.steps.length })}</summary>
          <Steps steps={version.steps} />
        </details>
      )}
      {apps.length > 0 && <small className={styles.apps}>{apps.join(" · ")}</small>}
      <div className={styles.tools}>
        <Button small kind="quiet" icon={<GitCompareArrows size={15} />} onClick={onCompare}>
          {t("history.compareBefore")}
        </Button>
        {!isCurrent && (
          <Button small kind="quiet" icon={<RotateCcw size={15} />} onClick={onRestore}>
            {t("history.restore")}
          </Button>
        )}
      </div>
    </li>
  );
}
