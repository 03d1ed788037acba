import { Megaphone } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnnouncements } from "@/api/announcements";
import { useWhenText } from "@/fields/useTexts";
import { Panel } from "@/ui/surfaces";
import styles from "./Page.module.css";
import type { BlockProps } from "./PageView";

/** What was announced; nothing where nothing is. */
export function AnnouncementBlock({ block }: BlockProps) {
  const { t } = useTranslation("home");
  const whenText = useWhenText();
  const announcements = useAnnouncements();
  const list = announcements.data ?? [];
  if (list.length === 0) return null;
  return (
    <Panel flush title={block.title || t("announcements.title")}>
      {list.slice(0, block.limit).map((each) => (
        <details key={each.id} className={styles.announcement}>
          <summary>
            <Megaphone size={15} aria-hidden="true" />
            <strong>{each.title}</strong>
            <small>
              {each.author} · {whenText(each.at)}
            </small>
          </summary>
          <p>{each.text}</p>
        </details>
      ))}
    </Panel>
  );
}
