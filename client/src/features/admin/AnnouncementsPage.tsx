import { Download, Megaphone, Plus, Undo2, UsersRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnnouncementChanges, usePublished } from "@/api/announcements";
import type { PublishedAnnouncement } from "@/api/types";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button, IconButton } from "@/ui/Button";
import { EmptyState, Page, PageHeader, Panel, PlainTable, SkeletonLines, Tag } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { Confirm } from "@/views/dialogs/Confirm";
import { AnnouncementDialog } from "./AnnouncementDialog";
import { ConfirmationsDialog } from "./ConfirmationsDialog";

interface LineProps {
  announcement: PublishedAnnouncement;
  onShow: () => void;
  onWithdraw: () => void;
}

function Line({ announcement: each, onShow, onWithdraw }: LineProps) {
  const { t } = useTranslation("admin");
  const whenText = useWhenText();
  const errorText = useErrorText();
  const { download } = useAnnouncementChanges();
  const save = () => download.mutate(each.id, { onError: (error) => toast.error(errorText(error)) });
  return (
    <tr>
      <td>
        <strong>{each.title}</strong> {each.withdrawn_at && <Tag colour="grey">{t("announcements.withdrawn")}</Tag>}
        {each.must_confirm && !each.withdrawn_at && <Tag colour="orange">{t("announcements.must")}</Tag>}
      </td>
      <td data-label={t("announcements.author")}>{each.author}</td>
      <td data-label={t("announcements.at")}>{whenText(each.at)}</td>
      <td data-label={t("announcements.confirmed")} style={{ textAlign: "right" }}>
        {t("announcements.progress", { done: each.confirmed, all: each.reached })}
      </td>
      <td style={{ textAlign: "right", whiteSpace: "nowrap" }}>
        <IconButton small label={t("announcements.who", { title: each.title })} onClick={onShow}>
          <UsersRound size={16} />
        </IconButton>
        <IconButton small label={t("announcements.export", { title: each.title })} onClick={save}>
          <Download size={16} />
        </IconButton>
        {!each.withdrawn_at && (
          <IconButton small label={t("announcements.withdraw", { title: each.title })} onClick={onWithdraw}>
            <Undo2 size={16} />
          </IconButton>
        )}
      </td>
    </tr>
  );
}

/** What was announced, whom it reached, and who confirmed it. */
export function AnnouncementsPage() {
  const { t } = useTranslation(["admin", "common"]);
  const errorText = useErrorText();
  const published = usePublished();
  const { withdraw } = useAnnouncementChanges();
  const [isWriting, setWriting] = useState(false);
  const [shown, setShown] = useState<PublishedAnnouncement | null>(null);
  const [leaving, setLeaving] = useState<PublishedAnnouncement | null>(null);
  const list = published.data ?? [];
  const write = (
    <Button kind="primary" icon={<Plus size={16} />} onClick={() => setWriting(true)}>
      {t("admin:announcements.new")}
    </Button>
  );
  return (
    <Page>
      <PageHeader title={t("admin:announcements.title")} note={t("admin:announcements.note")} actions={write} />
      {published.isPending && <SkeletonLines lines={6} />}
      {published.isError && (
        <EmptyState
          title={errorText(published.error)}
          actions={<Button onClick={() => void published.refetch()}>{t("common:actions.retry")}</Button>}
        />
      )}
      {published.data && list.length === 0 && (
        <EmptyState
          icon={<Megaphone size={40} />}
          title={t("admin:announcements.empty")}
          text={t("admin:announcements.emptyText")}
        />
      )}
      {list.length > 0 && (
        <Panel flush>
          <PlainTable stacked label={t("admin:announcements.title")}>
            <thead>
              <tr>
                <th scope="col">{t("admin:announcements.what")}</th>
                <th scope="col">{t("admin:announcements.author")}</th>
                <th scope="col">{t("admin:announcements.at")}</th>
                <th scope="col" style={{ textAlign: "right" }}>
                  {t("admin:announcements.confirmed")}
                </th>
                <th scope="col">
                  <span className="visually-hidden">{t("admin:announcements.actions")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.map((each) => (
                <Line
                  key={each.id}
                  announcement={each}
                  onShow={() => setShown(each)}
                  onWithdraw={() => setLeaving(each)}
                />
              ))}
            </tbody>
          </PlainTable>
        </Panel>
      )}
      {isWriting && <AnnouncementDialog onClose={() => setWriting(false)} />}
      {shown && <ConfirmationsDialog announcement={shown} onClose={() => setShown(null)} />}
      {leaving && (
        <Confirm
          title={t("admin:announcements.withdrawSure", { title: leaving.title })}
          confirm={t("admin:announcements.withdrawNow")}
          busy={withdraw.isPending}
          onClose={() => setLeaving(null)}
          onConfirm={() =>
            withdraw.mutate(leaving.id, {
              onSuccess: () => setLeaving(null),
              onError: (error) => toast.error(errorText(error)),
            })
          }
        />
      )}
    </Page>
  );
}
