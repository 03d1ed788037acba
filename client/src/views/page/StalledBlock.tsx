import { Link } from "@tanstack/react-router";
import { PartyPopper } from "lucide-react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { useRecordPages } from "@/api/records";
import type { Condition, ProcessDefinition, RecordRow } from "@/api/types";
import { Shown } from "@/fields/Shown";
import { useCatalogue } from "@/fields/useCatalogue";
import { useSpanText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { both, stalledOver } from "@/model/filter";
import { manyOf } from "@/model/plural";
import { fieldValue } from "@/model/values";
import { inSentence } from "@/model/words";
import { Button } from "@/ui/Button";
import { EmptyState, Panel, PlainTable, SkeletonLines, Tag } from "@/ui/surfaces";
import { Failed } from "./Failed";
import styles from "./Page.module.css";
import type { BlockProps } from "./PageView";

function openStages(process: ProcessDefinition): Condition {
  return {
    field: "stage",
    op: "in",
    value: process.stages.filter((stage) => stage.kind === "open").map((stage) => stage.key),
  };
}

interface RowProps {
  row: RecordRow;
  amount: string | undefined;
  /** The moment from which it stands still. */
  since: string;
}

function StalledRow({ row, amount, since }: RowProps) {
  const { t } = useTranslation(["home", "common"]);
  const catalogue = useCatalogue();
  const spanText = useSpanText();
  const stage = catalogue.stage(row.entity, row.stage);
  const from = fieldValue(row, since);
  const field = amount ? catalogue.field(row.entity, amount) : undefined;
  return (
    <tr>
      <td>
        <Link to="/e/$entity/$id" params={{ entity: row.entity, id: row.id }}>
          {row.title}
        </Link>
      </td>
      <td data-inline>
        {stage && (
          <Tag dot colour={stage.colour}>
            {stage.label}
          </Tag>
        )}
      </td>
      <td className={styles.late} data-inline>
        {typeof from === "string" && spanText(serverNow() - Date.parse(from))}
      </td>
      {field && (
        <td data-label={field.label} style={{ textAlign: "right" }}>
          <Shown field={field} row={row} />
        </td>
      )}
      <td data-label={t("common:system.owner")}>{row.display.owner}</td>
      <td data-label={t("common:system.department")}>{row.display.department}</td>
    </tr>
  );
}

/** Open records that have not moved for so long, the longest first: the list behind the figure of the same name. */
export function StalledBlock({ block, hours }: BlockProps) {
  const { t } = useTranslation("home");
  const processes = useCatalogue().definitions.processes;
  const process = processes.find((each) => each.key === block.process) ?? (block.process ? undefined : processes[0]);
  if (!process) return <EmptyState title={t("meeting.noProcess")} text={t("meeting.noProcessText")} />;
  return <StalledPanel process={process} block={block} hours={hours} />;
}

function StalledPanel({ process, block, hours }: BlockProps & { process: ProcessDefinition }) {
  const { t } = useTranslation(["home", "common"]);
  const catalogue = useCatalogue();
  const label = catalogue.entityLabel(process.entity);
  const language = useLanguage();
  const several = manyOf(label, language);
  const amount = catalogue.entity(process.entity)?.fields.find((field) => field.type === "money")?.key;
  const filter = both(stalledOver(hours, block.since), openStages(process));
  const since = block.since ?? "stage_since";
  const sort = [{ field: since }];
  const pages = useRecordPages(process.entity, { filter, sort }, block.limit);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const count = pages.data?.pages[0]?.count ?? rows.length;
  const money = amount ? catalogue.field(process.entity, amount) : undefined;
  return (
    <Panel
      flush
      title={block.title || t("home:meeting.list", { entity: several })}
      actions={
        <Link
          to="/e/$entity"
          params={{ entity: process.entity }}
          search={{ ...(filter ? { filter } : {}), sort }}
          className={styles.more}
        >
          {t("home:meeting.open")}
        </Link>
      }
    >
      {pages.isPending && (
        <div style={{ padding: 16 }}>
          <SkeletonLines lines={6} />
        </div>
      )}
      {pages.isError && <Failed query={pages} />}
      {pages.data && rows.length === 0 && (
        <EmptyState
          icon={<PartyPopper size={36} />}
          title={t("home:meeting.none", { entity: inSentence(several, language) })}
        />
      )}
      {rows.length > 0 && (
        <>
          <p style={{ padding: "8px 16px", color: "var(--ink-mute)" }}>
            {t("home:meeting.listNote", { count, hours })}
          </p>
          <PlainTable stacked label={t("home:meeting.list", { entity: several })}>
            <thead>
              <tr>
                <th scope="col">{label}</th>
                <th scope="col">{t("home:meeting.stage")}</th>
                <th scope="col">{block.since ? t("home:meeting.still") : t("home:meeting.since")}</th>
                {money && (
                  <th scope="col" style={{ textAlign: "right" }}>
                    {money.label}
                  </th>
                )}
                <th scope="col">{t("common:system.owner")}</th>
                <th scope="col">{t("common:system.department")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <StalledRow key={row.id} row={row} amount={amount} since={since} />
              ))}
            </tbody>
          </PlainTable>
        </>
      )}
      {pages.hasNextPage && (
        <Button wide kind="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("common:actions.loadMore")}
        </Button>
      )}
    </Panel>
  );
}
