import { useTranslation } from "react-i18next";
import { useHealth } from "@/api/admin";
import type { HealthCheck } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { EmptyState, Notice, Page, PageHeader, SkeletonLines, Tag } from "@/ui/surfaces";
import styles from "./Admin.module.css";

const COLOURS: Record<HealthCheck["status"], string> = { ok: "green", warn: "gold", error: "red" };

export function HealthPage() {
  const { t } = useTranslation("admin");
  const errorText = useErrorText();
  const health = useHealth();
  const bad = health.data?.filter((check) => check.status !== "ok").length ?? 0;
  return (
    <Page>
      <PageHeader title={t("health.title")} note={t("health.note")} />
      {health.isPending && <SkeletonLines lines={6} />}
      {health.isError && <EmptyState title={errorText(health.error)} />}
      {health.data && (
        <div className={styles.sections}>
          <Notice kind={bad > 0 ? "warning" : "success"}>
            {bad > 0 ? t("health.someBad", { count: bad }) : t("health.allGood")}
          </Notice>
          <div className={styles.checks}>
            {health.data.map((check) => (
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
        </div>
      )}
    </Page>
  );
}
