import { Link } from "@tanstack/react-router";
import { Download, ScrollText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAudit, useAuditExport } from "@/api/admin";
import type { AuditEntry, AuditFact, AuditFilter } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDateTime, instantOf } from "@/model/format";
import { Button } from "@/ui/Button";
import { EmptyState, Page, PageHeader, Panel, PlainTable, SkeletonLines } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Audit.module.css";
import { AuditFilters, EVERYTHING, type Wanted } from "./AuditFilters";

function filterOf(wanted: Wanted): AuditFilter {
  const next = wanted.until && new Date(Date.parse(`${wanted.until}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return {
    action: wanted.kind === "all" ? "" : wanted.kind,
    actor: wanted.person?.id ?? null,
    since: wanted.since ? instantOf(`${wanted.since}T00:00`) : null,
    until: next ? instantOf(`${next}T00:00`) : null,
  };
}

function Fact({ fact }: { fact: AuditFact }) {
  const { t } = useTranslation("admin");
  return (
    <li>
      <span>{fact.label}</span>
      {fact.before !== null && (
        <>
          {fact.before ? <s>{fact.before}</s> : <em>{t("audit.nothing")}</em>}
          <i role="img" aria-label={t("audit.became")}>
            →
          </i>
        </>
      )}
      {fact.value || <em>{t("audit.nothing")}</em>}
    </li>
  );
}

function Line({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("admin");
  const language = useLanguage();
  const published = entry.subject_kind === "definitions" && entry.subject_id !== null;
  return (
    <tr className={styles.row}>
      <td data-inline className={styles.when}>
        {formatDateTime(entry.at, language)}
      </td>
      <td data-inline>{entry.actor.name}</td>
      <td>
        <strong>{entry.action_label}</strong>
      </td>
      <td data-label={t("audit.subject")}>
        {published ? (
          <Link to="/studio/history" title={t("audit.openHistory")}>
            {entry.subject}
          </Link>
        ) : (
          entry.subject
        )}
      </td>
      <td>
        {entry.facts.length > 0 && (
          <ul className={styles.facts}>
            {entry.facts.map((fact) => (
              <Fact key={fact.label} fact={fact} />
            ))}
          </ul>
        )}
      </td>
      <td data-label={t("audit.address")}>{entry.address}</td>
    </tr>
  );
}

/** Who did what, when and from where. */
export function AuditPage() {
  const { t } = useTranslation(["admin", "common"]);
  const errorText = useErrorText();
  const [wanted, setWanted] = useState(EVERYTHING);
  const filter = filterOf(wanted);
  const audit = useAudit(filter);
  const save = useAuditExport();
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? [];
  const exported = (
    <Button
      icon={<Download size={16} />}
      busy={save.isPending}
      disabled={entries.length === 0}
      onClick={() => save.mutate(filter, { onError: (error) => toast.error(errorText(error)) })}
    >
      {t("admin:audit.export")}
    </Button>
  );
  return (
    <Page>
      <PageHeader title={t("admin:audit.title")} note={t("admin:audit.note")} actions={exported} />
      <AuditFilters wanted={wanted} onChange={setWanted} />
      <Panel flush>
        {audit.isPending && (
          <div style={{ padding: 16 }}>
            <SkeletonLines lines={8} />
          </div>
        )}
        {audit.isError && entries.length === 0 && (
          <EmptyState
            title={errorText(audit.error)}
            actions={<Button onClick={() => void audit.refetch()}>{t("common:actions.retry")}</Button>}
          />
        )}
        {audit.isSuccess && entries.length === 0 && (
          <EmptyState
            icon={<ScrollText size={40} />}
            title={t("admin:audit.empty")}
            text={t("admin:audit.emptyText")}
            actions={<Button onClick={() => setWanted(EVERYTHING)}>{t("admin:audit.clear")}</Button>}
          />
        )}
        {entries.length > 0 && (
          <PlainTable stacked label={t("admin:audit.title")}>
            <thead>
              <tr>
                {(["at", "actor", "action", "subject", "details", "address"] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`admin:audit.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <Line key={entry.id} entry={entry} />
              ))}
            </tbody>
          </PlainTable>
        )}
        {audit.hasNextPage && (
          <Button wide kind="quiet" busy={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            {t("common:actions.loadMore")}
          </Button>
        )}
      </Panel>
    </Page>
  );
}
