import { useTranslation } from "react-i18next";
import { useAnnouncements, useConfirm } from "@/api/announcements";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

/** What must be read first: stays in front of everything until it is confirmed, one announcement after the other. */
export default function AnnouncementGate() {
  const { t } = useTranslation(["home", "common"]);
  const whenText = useWhenText();
  const errorText = useErrorText();
  const announcements = useAnnouncements();
  const confirm = useConfirm();
  const waiting = (announcements.data ?? []).filter((each) => each.must_confirm && each.confirmed_at === null);
  const first = waiting[0];
  if (!first) return null;
  return (
    <Dialog
      key={first.id}
      title={first.title}
      width={560}
      closeLabel={null}
      onClose={() => undefined}
      foot={
        <>
          <span style={{ flex: 1, color: "var(--ink-mute)" }}>
            {waiting.length > 1 && t("home:announcements.left", { count: waiting.length - 1 })}
          </span>
          <Button kind="primary" data-autofocus busy={confirm.isPending} onClick={() => confirm.mutate(first.id)}>
            {t("home:announcements.confirm")}
          </Button>
        </>
      }
    >
      <p style={{ marginBottom: 12, color: "var(--ink-mute)", fontSize: "var(--text-sm)" }}>
        {t("home:announcements.mustRead")} ·{" "}
        {t("home:announcements.from", { name: first.author, when: whenText(first.at) })}
      </p>
      <p style={{ whiteSpace: "pre-line" }}>{first.text}</p>
      {confirm.isError && <p role="alert">{errorText(confirm.error)}</p>}
    </Dialog>
  );
}
