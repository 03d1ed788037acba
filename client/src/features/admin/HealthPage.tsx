import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useHealth, useTimerRetry } from "@/api/admin";
import type { HealthCheck, HealthDetails } from "@/api/types";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { EmptyState, Notice, Page, PageHeader, Panel, PlainTable, SkeletonLines, Tag } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Admin.module.css";

const COLOURS: Record<HealthCheck["status"], string> = { ok: "green", warn: "gold", error: "red" };
const URGENCY: Record<HealthCheck["status"], number> = { error: 0, warn: 1, ok: 2 };

function Checks({ checks }: { checks: HealthCheck[] }) {
  const { t } = useTranslation("admin");
  const urgentFirst = [...checks].sort((one, other) => URGENCY[one.status] - URGENCY[other.status]);
  return (
    <div className={styles.checks}>
      {urgentFirst.map((check) => (
        <article key={check.key} className={styles.check}>
          <header>
            <strong>{check.label}</strong>
            <Tag dot colour={COLOURS[check.status]}>
              {t(`health.${check.status}`)}
            </Tag>
          </header>
          {check.value !== null && <b>{check.value}</b>}
          {check.text && <p>{check.text}</p>}
        </article>
      ))}
    </div>
  );
}

function Lags({ lags }: { lags: HealthDetails["lags"] }) {
  const { t } = useTranslation("admin");
  const whenText = useWhenText();
  return (
    <Panel flush title={t("health.lags")}>
      <PlainTable label={t("health.lags")}>
        <thead>
          <tr>
            <th scope="col">{t("health.consumer")}</th>
            <th scope="col">{t("health.unread")}</th>
            <th scope="col">{t("health.since")}</th>
          </tr>
        </thead>
        <tbody>
          {lags.map((each) => (
            <tr key={each.consumer}>
              <td>{each.label}</td>
              <td>{each.unread}</td>
              <td>{each.since ? whenText(each.since) : t("health.upToDate")}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Panel>
  );
}

function FailedTimers({ timers }: { timers: HealthDetails["failed_timers"] }) {
  const { t } = useTranslation("admin");
  const whenText = useWhenText();
  const errorText = useErrorText();
  const retry = useTimerRetry();
  const again = (id: string | null) =>
    retry.mutate(id, {
      onSuccess: ({ count }) => toast.done(t("health.retried", { count })),
      onError: (error) => toast.error(errorText(error)),
    });
  const all = (
    <Button busy={retry.isPending} onClick={() => again(null)}>
      {t("health.retryAll")}
    </Button>
  );
  return (
    <Panel flush title={t("health.failedTimers")} actions={all}>
      <PlainTable label={t("health.failedTimers")}>
        <thead>
          <tr>
            <th scope="col">{t("health.what")}</th>
            <th scope="col">{t("health.due")}</th>
            <th scope="col">{t("health.attempts")}</th>
            <th scope="col">{t("health.reason")}</th>
            <th scope="col">
              <span className="visually-hidden">{t("health.retry")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {timers.map((each) => (
            <tr key={each.id}>
              <td>{each.label}</td>
              <td>{whenText(each.due_at)}</td>
              <td>{each.attempts}</td>
              <td className={styles.code}>{each.error}</td>
              <td>
                <Button
                  small
                  icon={<RotateCcw size={14} />}
                  aria-label={t("health.retryOne", { name: each.label })}
                  onClick={() => again(each.id)}
                >
                  {t("health.retry")}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Panel>
  );
}

function Incidents({ incidents }: { incidents: HealthDetails["incidents"] }) {
  const { t } = useTranslation("admin");
  const whenText = useWhenText();
  return (
    <Panel flush title={t("health.incidents")}>
      <PlainTable label={t("health.incidents")}>
        <thead>
          <tr>
            <th scope="col">{t("health.last")}</th>
            <th scope="col">{t("health.kind")}</th>
            <th scope="col">{t("health.place")}</th>
            <th scope="col">{t("health.class")}</th>
            <th scope="col">{t("health.times")}</th>
            <th scope="col">{t("health.first")}</th>
          </tr>
        </thead>
        <tbody>
          {incidents.map((each) => (
            <tr key={`${each.kind} ${each.place} ${each.error}`}>
              <td>{whenText(each.last_at)}</td>
              <td>{t(`health.kinds.${each.kind}`)}</td>
              <td className={styles.code}>{each.place}</td>
              <td className={styles.code}>{each.error}</td>
              <td>{each.count}</td>
              <td>{whenText(each.first_at)}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Panel>
  );
}

/** How the platform does: what needs attention first, with what to do about it. */
export function HealthPage() {
  const { t } = useTranslation(["admin", "common"]);
  const errorText = useErrorText();
  const health = useHealth();
  const found = health.data;
  const bad = found?.checks.filter((check) => check.status !== "ok").length ?? 0;
  return (
    <Page>
      <PageHeader title={t("admin:health.title")} note={t("admin:health.note")} />
      {health.isPending && <SkeletonLines lines={6} />}
      {health.isError && !found && (
        <EmptyState
          title={errorText(health.error)}
          actions={<Button onClick={() => void health.refetch()}>{t("common:actions.retry")}</Button>}
        />
      )}
      {found && (
        <div className={styles.sections}>
          <Notice kind={bad > 0 ? "warning" : "success"}>
            {bad > 0 ? t("admin:health.someBad", { count: bad }) : t("admin:health.allGood")}
          </Notice>
          <Checks checks={found.checks} />
          {found.failed_timers.length > 0 && <FailedTimers timers={found.failed_timers} />}
          {found.incidents.length > 0 && <Incidents incidents={found.incidents} />}
          {found.lags.length > 0 && <Lags lags={found.lags} />}
        </div>
      )}
    </Page>
  );
}
