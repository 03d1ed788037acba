import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { useAggregate } from "@/api/records";
import type { ProcessDefinition } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useLanguage } from "@/i18n/useLanguage";
import { both, stalledOver } from "@/model/filter";
import { formatLongDate, formatNumber, toNumber } from "@/model/format";
import { Segments } from "@/ui/controls";
import { EmptyState, Page, PageHeader, Panel, Tag } from "@/ui/surfaces";
import styles from "./Home.module.css";
import { NumberCards } from "./NumberCards";
import { StalledPanel } from "./StalledPanel";

const HOURS = ["24", "48", "72", "168"] as const;
type Hours = (typeof HOURS)[number];

function Stages({ process, hours }: { process: ProcessDefinition; hours: number }) {
  const { t } = useTranslation("home");
  const language = useLanguage();
  const group = [{ field: "stage" }];
  const measures = [{ do: "count" as const }];
  const all = useAggregate(process.entity, { group, measures });
  const stalled = useAggregate(process.entity, { group, measures, filter: stalledOver(hours) });
  const countOf = (data: typeof all.data, stage: string) =>
    toNumber(data?.find((each) => each.keys[0] === stage)?.values[0]) ?? 0;
  return (
    <Panel flush title={t("meeting.stages")}>
      <div className={styles.stages}>
        {process.stages.map((stage) => {
          const isOpen = stage.kind === "open";
          const late = isOpen ? countOf(stalled.data, stage.key) : 0;
          const filter = both({ field: "stage", op: "in", value: [stage.key] }, late > 0 ? stalledOver(hours) : null);
          return (
            <Link
              key={stage.key}
              className={styles.stage}
              to="/e/$entity"
              params={{ entity: process.entity }}
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

/** What a team looks at in the morning: the figures, the stages, and who has not moved for how long. */
export function MeetingPage() {
  const { t } = useTranslation("home");
  const language = useLanguage();
  const [hours, setHours] = useState<Hours>("72");
  const processes = useCatalogue().definitions.processes;
  return (
    <Page>
      <PageHeader
        title={t("meeting.title")}
        note={t("meeting.note", { date: formatLongDate(serverNow(), language) })}
        actions={
          <div className={styles.toolbar}>
            <span>{t("meeting.hours")}</span>
            <Segments
              label={t("meeting.hours")}
              value={hours}
              options={HOURS.map((value) => ({ value, label: t("meeting.hoursUnit", { hours: value }) }))}
              onChange={setHours}
            />
          </div>
        }
      />
      <NumberCards hideEmpty />
      {processes.length === 0 && <EmptyState title={t("meeting.noProcess")} text={t("meeting.noProcessText")} />}
      {processes.map((process) => (
        <div key={process.key} className={styles.column} style={{ marginBottom: 16 }}>
          <Stages process={process} hours={Number(hours)} />
          <StalledPanel process={process} hours={Number(hours)} />
        </div>
      ))}
    </Page>
  );
}
