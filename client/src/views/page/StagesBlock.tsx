import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAggregate } from "@/api/records";
import { useCatalogue } from "@/fields/useCatalogue";
import { useLanguage } from "@/i18n/useLanguage";
import { both, stalledOver } from "@/model/filter";
import { formatNumber, toNumber } from "@/model/format";
import { EmptyState, Panel, Tag } from "@/ui/surfaces";
import { Failed } from "./Failed";
import styles from "./Page.module.css";
import type { BlockProps } from "./PageView";

/** How many records are in each stage, and how many of them stand still. */
export function StagesBlock({ block, hours }: BlockProps) {
  const { t } = useTranslation("home");
  const language = useLanguage();
  const processes = useCatalogue().definitions.processes;
  const process = processes.find((each) => each.key === block.process) ?? (block.process ? undefined : processes[0]);
  const entity = process?.entity ?? "";
  const group = [{ field: "stage" }];
  const measures = [{ do: "count" as const }];
  const isThere = process !== undefined;
  const stands = stalledOver(hours, block.since);
  const all = useAggregate(entity, { group, measures }, isThere);
  const stalled = useAggregate(entity, { group, measures, filter: stands }, isThere);
  const countOf = (data: typeof all.data, stage: string) =>
    toNumber(data?.find((each) => each.keys[0] === stage)?.values[0]) ?? 0;
  if (!process) return <EmptyState title={t("meeting.noProcess")} text={t("meeting.noProcessText")} />;
  return (
    <Panel flush title={block.title || t("meeting.stages")}>
      {all.isError && <Failed query={all} />}
      <div className={styles.stages}>
        {(all.isError ? [] : process.stages).map((stage) => {
          const isOpen = stage.kind === "open";
          const late = isOpen ? countOf(stalled.data, stage.key) : 0;
          const filter = both({ field: "stage", op: "in", value: [stage.key] }, late > 0 ? stands : null);
          return (
            <Link
              key={stage.key}
              className={styles.stage}
              to="/e/$entity"
              params={{ entity }}
              search={filter ? { filter } : {}}
            >
              <Tag dot colour={stage.colour}>
                {stage.label}
              </Tag>
              <strong>{all.data ? formatNumber(countOf(all.data, stage.key), language) : "–"}</strong>
              <small className={late > 0 ? styles.late : undefined}>
                {isOpen ? `${t("meeting.stalled")} ${formatNumber(late, language)}` : " "}
              </small>
            </Link>
          );
        })}
      </div>
    </Panel>
  );
}
