import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAudit } from "@/api/admin";
import type { AuditEntry } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDateTime } from "@/model/format";
import { Button } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { EmptyState, Page, PageHeader, Panel, PlainTable, SkeletonLines } from "@/ui/surfaces";
import styles from "./Admin.module.css";

const KINDS = [
  "all",
  "sign_in",
  "member",
  "department",
  "definitions",
  "app",
  "record",
  "export",
  "import",
  "api_key",
] as const;

function detailText(entry: AuditEntry): string {
  return Object.entries(entry.detail ?? {})
    .filter(([, value]) => value !== null && value !== "")
    .map(([key, value]) => `${key}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join(" · ");
}

export function AuditPage() {
  const { t } = useTranslation(["admin", "common"]);
  const language = useLanguage();
  const errorText = useErrorText();
  const [kind, setKind] = useState<(typeof KINDS)[number]>("all");
  const audit = useAudit(kind === "all" ? "" : `${kind}.`);
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Page>
      <PageHeader
        title={t("admin:audit.title")}
        actions={
          <NativeSelect
            aria-label={t("admin:audit.filter")}
            value={kind}
            onChange={(event) => setKind(event.target.value as typeof kind)}
            style={{ width: 160 }}
          >
            {KINDS.map((each) => (
              <option key={each} value={each}>
                {t(`admin:audit.filters.${each}`)}
              </option>
            ))}
          </NativeSelect>
        }
      />
      <Panel flush>
        {audit.isPending && (
          <div style={{ padding: 16 }}>
            <SkeletonLines lines={8} />
          </div>
        )}
        {audit.isError && <EmptyState title={errorText(audit.error)} />}
        {audit.data && entries.length === 0 && <EmptyState title={t("admin:audit.empty")} />}
        {entries.length > 0 && (
          <PlainTable label={t("admin:audit.title")}>
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
                <tr key={entry.id}>
                  <td style={{ whiteSpace: "nowrap" }}>{formatDateTime(entry.at, language)}</td>
                  <td style={{ whiteSpace: "nowrap" }}>{entry.actor.name}</td>
                  <td>{entry.action_label || entry.action}</td>
                  <td>{entry.subject_text ?? entry.subject_id}</td>
                  <td className={styles.code}>{detailText(entry)}</td>
                  <td>{entry.address}</td>
                </tr>
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
