import { Link } from "@tanstack/react-router";
import { History } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/session";
import { useCatalogue } from "@/fields/useCatalogue";
import { recentRecords } from "@/model/recent";
import { EmptyState, Panel } from "@/ui/surfaces";
import styles from "./Page.module.css";
import type { BlockProps } from "./PageView";

/** The records that the member opened last. */
export function RecentBlock({ block }: BlockProps) {
  const { t } = useTranslation("home");
  const me = useMe();
  const catalogue = useCatalogue();
  const records = recentRecords(me.id).filter((record) => catalogue.hasPage(record.entity));
  return (
    <Panel flush title={block.title || t("recent")}>
      {records.length === 0 && <EmptyState icon={<History size={32} />} title={t("recentEmpty")} />}
      {records.slice(0, block.limit).map((record) => (
        <Link
          key={record.id}
          to="/e/$entity/$id"
          params={{ entity: record.entity, id: record.id }}
          className={styles.recent}
        >
          <span>{record.title}</span>
          <small>{catalogue.entityLabel(record.entity)}</small>
        </Link>
      ))}
    </Panel>
  );
}
