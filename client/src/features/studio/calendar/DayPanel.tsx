import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkChanges } from "@/api/modelling";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame, Segments, TextInput } from "@/ui/controls";
import { Panel } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Calendar.module.css";
import type { CalendarMonth } from "./days";

type Choice = "calendar" | "working" | "free";

/** What the chosen days are: as the calendar has them, worked, or free. */
export function DayPanel({ days, months, onDone }: { days: string[]; months: CalendarMonth[]; onDone: () => void }) {
  const { t } = useTranslation(["calendar", "common"]);
  const errorText = useErrorText();
  const { days: change } = useWorkChanges();
  const own = months
    .flatMap((each) => each.days)
    .find((each) => each.day === days[0] && each.special?.reason === "own")?.special;
  const [choice, setChoice] = useState<Choice>(own ? (own.is_working ? "working" : "free") : "calendar");
  const [name, setName] = useState(own?.name ?? "");
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last)
    return (
      <Panel title={t("chosenDay")}>
        <p className={styles.quiet}>{t("chooseDay")}</p>
      </Panel>
    );
  const save = () =>
    change.mutate(
      days.map((day) => ({
        day,
        is_working: choice === "calendar" ? null : choice === "working",
        name: choice === "calendar" ? "" : name,
      })),
      {
        onSuccess: () => {
          toast.done(t("saved"));
          onDone();
        },
        onError: (error) => toast.error(errorText(error)),
      },
    );
  return (
    <Panel title={days.length > 1 ? t("chosenDays", { first, last, count: days.length }) : first}>
      <div className={styles.form}>
        <Segments<Choice>
          label={t("chosenDay")}
          value={choice}
          options={[
            { value: "calendar", label: t("asCalendar") },
            { value: "working", label: t("working") },
            { value: "free", label: t("free") },
          ]}
          onChange={setChoice}
        />
        {choice !== "calendar" && (
          <FieldFrame label={t("name")} help={t("nameHelp")}>
            {(ids) => (
              <TextInput {...ids} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </FieldFrame>
        )}
        <Button kind="primary" busy={change.isPending} onClick={save}>
          {t("common:actions.save")}
        </Button>
      </div>
    </Panel>
  );
}
