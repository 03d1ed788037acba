import { useQueryClient } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keys } from "@/api/keys";
import { draftApi } from "@/api/studio";
import type { Scheduled } from "@/api/types/studio";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDateTime } from "@/model/format";
import { Button } from "@/ui/Button";
import { Notice, Panel } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Changes.module.css";

/** A publication that waits for its time, or failed when it came. */
export function SchedulePanel({ schedule }: { schedule: Scheduled }) {
  const { t } = useTranslation("studio");
  const language = useLanguage();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const when = formatDateTime(schedule.at, language);
  const callOff = async () => {
    setBusy(true);
    try {
      await draftApi.unschedule();
      toast.done(t("schedule.calledOff"));
    } catch (failure) {
      toast.error(errorText(failure));
    }
    await client.invalidateQueries({ queryKey: keys.publishing });
    setBusy(false);
  };
  if (schedule.state === "failed")
    return (
      <Notice kind="danger">
        <strong>{t("schedule.failed", { when })}</strong>
        {schedule.problems.map((problem) => (
          <p key={`${problem.code}/${problem.path.join("/")}`}>{problem.message}</p>
        ))}
      </Notice>
    );
  if (schedule.state !== "waiting") return null;
  return (
    <Panel
      title={
        <span className={styles.titled}>
          <CalendarClock size={17} aria-hidden="true" />
          {t("schedule.waiting", { when })}
        </span>
      }
      actions={
        <Button small busy={busy} onClick={() => void callOff()}>
          {t("schedule.callOff")}
        </Button>
      }
    >
      <p>{t("schedule.text", { name: schedule.author })}</p>
      {schedule.note && <p className={styles.noted}>{schedule.note}</p>}
    </Panel>
  );
}
