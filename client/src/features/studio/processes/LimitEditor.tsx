import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Stage, TimeLimit } from "@/api/types/studio";
import { Button, IconButton } from "@/ui/Button";
import { NumberProperty, SelectProperty, SwitchProperty } from "../parts/PropertyPanel";
import { WhomChoice } from "./Choices";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

interface LimitEditorProps {
  handle: ProcessHandle;
  stage: Stage;
  onChange: (limit: TimeLimit | undefined) => void;
}

const ESCALATE = ["supervisor"];
const STEP_HOURS = 48;

/** How long a record may stay, and who is told when it stays longer. */
export function LimitEditor({ handle, stage, onChange }: LimitEditorProps) {
  const { t } = useTranslation("processes");
  const { limit } = stage;
  const change = (part: Partial<TimeLimit>) => onChange({ hours: 72, ...limit, ...part });
  const steps = limit?.escalate ?? ESCALATE;
  const setSteps = (next: string[]) => change({ escalate: next });
  const swap = (at: number) =>
    setSteps(
      steps.map((each, index) => (index === at ? steps[at + 1] : index === at + 1 ? steps[at] : each)) as string[],
    );
  return (
    <>
      <SwitchProperty
        label={t("limit.on")}
        value={limit !== undefined}
        onChange={(isOn) => onChange(isOn ? { hours: 72 } : undefined)}
      />
      {limit && (
        <>
          <div className={styles.pair}>
            <NumberProperty
              label={t("limit.hours")}
              min={0.1}
              max={100_000}
              value={limit.hours}
              onChange={(hours) => hours !== undefined && change({ hours })}
            />
            <CalendarChoice value={limit.calendar} onChange={(calendar) => change({ calendar })} />
          </div>
          <fieldset className={styles.plain} aria-label={t("limit.steps")}>
            <p className={styles.caption}>{t("limit.steps")}</p>
            <ol className={styles.steps}>
              {steps.map((whom, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
                <li key={at}>
                  <span className={styles.when}>
                    {t("limit.after", { hours: limit.hours + at * (limit.step_hours ?? STEP_HOURS) })}
                  </span>
                  <WhomChoice
                    handle={handle}
                    label={t("limit.step", { number: at + 1 })}
                    value={whom}
                    onChange={(chosen) => chosen && setSteps(steps.with(at, chosen))}
                  />
                  <span className={styles.tools}>
                    <IconButton label={t("limit.up")} disabled={at === 0} onClick={() => swap(at - 1)}>
                      <ArrowUp size={14} />
                    </IconButton>
                    <IconButton label={t("limit.down")} disabled={at === steps.length - 1} onClick={() => swap(at)}>
                      <ArrowDown size={14} />
                    </IconButton>
                    <IconButton
                      label={t("limit.remove")}
                      disabled={steps.length === 1}
                      onClick={() => setSteps(steps.toSpliced(at, 1))}
                    >
                      <X size={14} />
                    </IconButton>
                  </span>
                </li>
              ))}
            </ol>
            <Button
              small
              icon={<Plus size={14} />}
              onClick={() =>
                setSteps([...steps, (["supervisor", "region", "head"] as const)[Math.min(steps.length, 2)] ?? "head"])
              }
            >
              {t("limit.add")}
            </Button>
          </fieldset>
          {steps.length > 1 && (
            <NumberProperty
              label={t("limit.stepHours")}
              min={0.1}
              max={100_000}
              value={limit.step_hours ?? STEP_HOURS}
              onChange={(hours) =>
                change({ step_hours: hours === STEP_HOURS ? undefined : hours } as Partial<TimeLimit>)
              }
            />
          )}
        </>
      )}
    </>
  );
}

interface CalendarChoiceProps {
  value: "calendar" | "working" | undefined;
  onChange: (value: "calendar" | "working") => void;
}

/** Whether every hour counts, or those of the work calendar. */
export function CalendarChoice({ value, onChange }: CalendarChoiceProps) {
  const { t } = useTranslation("processes");
  return (
    <SelectProperty
      label={t("hours.counted")}
      value={value ?? "calendar"}
      options={(["calendar", "working"] as const).map((each) => ({ value: each, label: t(`hours.${each}`) }))}
      onChange={(chosen) => onChange(chosen as "calendar" | "working")}
    />
  );
}
