import { useNavigate } from "@tanstack/react-router";
import { BellOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNotifications, useReadNotifications } from "@/api/tasks";
import type { Notification } from "@/api/types";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { EmptyState, Page, PageHeader, Panel, SkeletonLines } from "@/ui/surfaces";
import styles from "./Tasks.module.css";

export function NotificationsPage() {
  const { t } = useTranslation(["tasks", "common"]);
  const errorText = useErrorText();
  const whenText = useWhenText();
  const navigate = useNavigate();
  const query = useNotifications();
  const read = useReadNotifications();
  const open = (notification: Notification) => {
    if (!notification.read_at) read.mutate([notification.id]);
    if (notification.kind === "publication") void navigate({ to: "/studio/changes" });
    if (notification.kind === "approval") void navigate({ to: "/approvals" });
    if (notification.record) {
      void navigate({
        to: "/e/$entity/$id",
        params: { entity: notification.record.entity, id: notification.record.id },
        ...(notification.kind === "mention" ? { hash: "history" } : {}),
      });
    }
  };
  const notifications = query.data?.notifications ?? [];
  return (
    <Page>
      <PageHeader
        title={t("tasks:notifications.title")}
        actions={
          (query.data?.unread ?? 0) > 0 && (
            <Button busy={read.isPending} onClick={() => read.mutate("all")}>
              {t("tasks:notifications.readAll")}
            </Button>
          )
        }
      />
      <Panel flush>
        {query.isPending && (
          <div style={{ padding: 16 }}>
            <SkeletonLines lines={6} />
          </div>
        )}
        {query.isError && <EmptyState title={errorText(query.error)} />}
        {query.data && notifications.length === 0 && (
          <EmptyState
            icon={<BellOff size={36} />}
            title={t("tasks:notifications.empty")}
            text={t("tasks:notifications.emptyText")}
          />
        )}
        {notifications.map((notification) => (
          <button
            key={notification.id}
            type="button"
            className={styles.note}
            data-unread={!notification.read_at}
            onClick={() => open(notification)}
          >
            <i aria-hidden="true" />
            <strong>
              {notification.title}
              {notification.count > 1 && ` · ${t("tasks:notifications.times", { count: notification.count })}`}
            </strong>
            <time dateTime={notification.at}>{whenText(notification.at)}</time>
            {notification.record && <p>{notification.record.title}</p>}
            {notification.text && <p>{notification.text}</p>}
          </button>
        ))}
      </Panel>
    </Page>
  );
}
