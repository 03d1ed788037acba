import { useTranslation } from "react-i18next";
import { useConfirmations } from "@/api/announcements";
import type { PublishedAnnouncement } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDateTime } from "@/model/format";
import { Dialog } from "@/ui/Dialog";
import { PlainTable, SkeletonLines } from "@/ui/surfaces";

interface ConfirmationsProps {
  announcement: PublishedAnnouncement;
  onClose: () => void;
}

/** Everybody whom an announcement reaches, those who have not confirmed first. */
export function ConfirmationsDialog({ announcement, onClose }: ConfirmationsProps) {
  const { t } = useTranslation(["admin", "common"]);
  const language = useLanguage();
  const errorText = useErrorText();
  const found = useConfirmations(announcement.id);
  return (
    <Dialog title={announcement.title} width={640} closeLabel={t("common:actions.close")} onClose={onClose}>
      {found.isPending && <SkeletonLines lines={6} />}
      {found.isError && <p role="alert">{errorText(found.error)}</p>}
      {found.data && (
        <PlainTable label={t("admin:announcements.who", { title: announcement.title })}>
          <thead>
            <tr>
              <th scope="col">{t("admin:announcements.member")}</th>
              <th scope="col">{t("admin:announcements.department")}</th>
              <th scope="col">{t("admin:announcements.confirmedAt")}</th>
            </tr>
          </thead>
          <tbody>
            {found.data.map((each) => (
              <tr key={each.member}>
                <td>{each.name}</td>
                <td>{each.department}</td>
                <td>{each.at ? formatDateTime(each.at, language) : t("admin:announcements.notYet")}</td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
    </Dialog>
  );
}
