import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkChanges } from "@/api/modelling";
import type { WorkHours, WorkSpan } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Check } from "@/ui/controls";
import { Panel } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Calendar.module.css";
import { SpanRows } from "./SpanRows";

const WEEK = [1, 2, 3, 4, 5, 6, 7];

function hoursOf({ weekdays, has_public_holidays, spans, weekday_spans }: WorkHours): WorkHours {
  return { weekdays, has_public_holidays, spans, weekday_spans };
}

/** Which weekdays are worked, when, and which weekdays have hours of their own. */
export function HoursPanel({ hours }: { hours: WorkHours }) {
  const { t } = useTranslation(["calendar", "common"]);
  const errorText = useErrorText();
  const { hours: change } = useWorkChanges();
  const [draft, setDraft] = useState<WorkHours | null>(null);
  const shown = draft ?? hoursOf(hours);
  const set = (part: Partial<WorkHours>) => setDraft({ ...shown, ...part });
  const toggle = (weekday: number, isWorked: boolean) =>
    set({ weekdays: WEEK.filter((each) => (each === weekday ? isWorked : shown.weekdays.includes(each))) });
  const setOwn = (weekday: number, spans: WorkSpan[] | null) => {
    const { [String(weekday)]: _, ...rest } = shown.weekday_spans;
    set({ weekday_spans: spans ? { ...rest, [weekday]: spans } : rest });
  };
  const save = () =>
    change.mutate(shown, {
      onSuccess: () => {
        toast.done(t("saved"));
        setDraft(null);
      },
      onError: (error) => toast.error(errorText(error)),
    });
  return (
    <Panel title={t("hours")}>
      <div className={styles.form}>
        <fieldset className={styles.week}>
          <legend>{t("workedDays")}</legend>
          {WEEK.map((weekday) => (
            <Check
              key={weekday}
              checked={shown.weekdays.includes(weekday)}
              onChange={(checked) => toggle(weekday, checked)}
            >
              {t(`weekdays.d${weekday}` as "weekdays.d1")}
            </Check>
          ))}
        </fieldset>
        <Check checked={shown.has_public_holidays} onChange={(checked) => set({ has_public_holidays: checked })}>
          {t("publicHolidays")}
        </Check>
        <SpanRows label={t("hoursOfDay")} spans={shown.spans} onChange={(spans) => set({ spans })} />
        {shown.weekdays.map((weekday) => {
          const own = shown.weekday_spans[String(weekday)];
          const name = t(`weekdays.d${weekday}` as "weekdays.d1");
          return (
            <div key={weekday}>
              <Check checked={own !== undefined} onChange={(on) => setOwn(weekday, on ? [...shown.spans] : null)}>
                {t("differs", { weekday: name })}
              </Check>
              {own && (
                <SpanRows
                  label={t("hoursOf", { weekday: name })}
                  spans={own}
                  onChange={(spans) => setOwn(weekday, spans)}
                />
              )}
            </div>
          );
        })}
        <div className={styles.buttons}>
          <Button kind="primary" disabled={draft === null} busy={change.isPending} onClick={save}>
            {t("common:actions.save")}
          </Button>
          {draft && <Button onClick={() => setDraft(null)}>{t("common:actions.reset")}</Button>}
        </div>
      </div>
    </Panel>
  );
}
