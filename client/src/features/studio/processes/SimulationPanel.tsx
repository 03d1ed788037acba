import { FastForward, RotateCcw, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWalk, type Walk, type WalkMove, type WalkStep } from "@/api/processes";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDateTime } from "@/model/format";
import { listed } from "@/model/words";
import { Button } from "@/ui/Button";
import { useSettled } from "@/ui/hooks";
import { Notice, SkeletonLines, Tag } from "@/ui/surfaces";
import { useDraftStore } from "../draft/store";
import { PropertyPanel, PropertySection } from "../parts/PropertyPanel";
import styles from "./Processes.module.css";
import { TryMove } from "./TryMove";
import type { ProcessHandle } from "./useProcess";
import { neededFields, ValueFields } from "./ValueFields";
import { WalkEffects, WalkedSteps } from "./WalkedSteps";
import { type Start, WalkStart } from "./WalkStart";

const HOURS = [1, 24, 72] as const;
/** Steps that were refused leave nothing behind: the next try takes their place. */
const withoutRefused = (steps: WalkStep[], walk: Walk | undefined) =>
  steps.filter((step, at) => !step.transition || walk?.steps[at]?.accepted !== false);

function Standing({ walk }: { walk: Walk }) {
  const { t } = useTranslation("processes");
  const language = useLanguage();
  const isFrozen = walk.frozen_until !== null && walk.frozen_until > walk.at;
  return (
    <div className={styles.standing} role="status">
      <Tag colour="blue">{walk.stage_label}</Tag>
      <span>{t("walk.now", { when: formatDateTime(walk.at, language) })}</span>
      {isFrozen && (
        <Tag colour="cyan">{t("walk.frozen", { when: formatDateTime(walk.frozen_until ?? "", language) })}</Tag>
      )}
    </div>
  );
}

function Coming({ walk }: { walk: Walk }) {
  const { t } = useTranslation("processes");
  const language = useLanguage();
  if (walk.due.length === 0) return null;
  return (
    <PropertySection title={t("walk.coming")} open count={walk.due.length}>
      <ul className={styles.due}>
        {walk.due.map((each) => (
          <li key={each.kind + each.at + each.text} data-passed={each.passed || undefined}>
            <time dateTime={each.at}>{formatDateTime(each.at, language)}</time>
            <span>
              {each.text}
              {each.people.length > 0 && <b> {listed(each.people, language)}</b>}
            </span>
            {each.passed && <Tag colour="gold">{t("walk.passed")}</Tag>}
          </li>
        ))}
      </ul>
    </PropertySection>
  );
}

/** Walks a record through the draft: as a role, at a time, step by step; nothing is written. */
export function SimulationPanel({ handle }: { handle: ProcessHandle }) {
  const { t } = useTranslation("processes");
  const errorText = useErrorText();
  const [start, setStart] = useState<Start>({
    role: "admin",
    record: null,
    title: "",
    stage: null,
    at: null,
    values: {},
  });
  const [steps, setSteps] = useState<WalkStep[]>([]);
  const saving = useDraftStore((state) => state.data?.pending.length ?? 0);
  const settled = useSettled(JSON.stringify({ ...start, title: undefined, steps }));
  const found = useWalk(handle.process.key, JSON.parse(settled), handle.draft.revision, saving === 0);
  const walk = found.data;
  const fields = neededFields(handle);
  const go = (step: WalkStep) => setSteps([...withoutRefused(steps, walk), step]);
  const begin = (next: Start) => {
    setStart(next);
    if (next.record !== start.record || next.stage !== start.stage) setSteps([]);
  };
  return (
    <PropertyPanel title={t("walk.title")} note={t("walk.about")}>
      <PropertySection title={t("walk.start")} open>
        <WalkStart handle={handle} start={start} onChange={begin} />
      </PropertySection>
      {fields.length > 0 && (
        <PropertySection title={t("walk.values")} count={Object.keys(start.values).length}>
          <ValueFields
            handle={handle}
            fields={fields}
            values={start.values}
            onChange={(values) => setStart({ ...start, values })}
          />
        </PropertySection>
      )}
      {found.isError && <Notice kind="danger">{errorText(found.error)}</Notice>}
      {!walk && !found.isError && <SkeletonLines lines={5} />}
      {walk && (
        <>
          <Standing walk={walk} />
          {walk.problems.length > 0 && (
            <Notice kind="warning">
              {walk.problems.map((each) => (
                <p key={each.path.join("/") + each.code}>{each.message}</p>
              ))}
            </Notice>
          )}
          {walk.created.length > 0 && (
            <PropertySection title={t("walk.created")} open count={walk.created.length}>
              <WalkEffects effects={walk.created} />
            </PropertySection>
          )}
          <div className={styles.clock}>
            <span>{t("walk.wait")}</span>
            {HOURS.map((hours) => (
              <Button key={hours} small icon={<FastForward size={13} />} onClick={() => go({ hours })}>
                {t("walk.hours", { count: hours })}
              </Button>
            ))}
          </div>
          <PropertySection title={t("walk.moves")} open count={walk.moves.length}>
            {walk.moves.length === 0 && <p className={styles.hint}>{t("walk.end")}</p>}
            <ul className={styles.cards} aria-label={t("walk.moves")}>
              {walk.moves.map((move: WalkMove) => (
                <TryMove
                  key={`${walk.stage}:${move.key}`}
                  handle={handle}
                  move={move}
                  values={walk.values}
                  onTry={go}
                />
              ))}
            </ul>
          </PropertySection>
          <Coming walk={walk} />
          {steps.length > 0 && (
            <PropertySection title={t("walk.steps")} open count={steps.length}>
              <WalkedSteps walk={walk} handle={handle} />
              <div className={styles.tools}>
                <Button small icon={<Undo2 size={14} />} onClick={() => setSteps(steps.slice(0, -1))}>
                  {t("walk.back")}
                </Button>
                <Button small icon={<RotateCcw size={14} />} onClick={() => setSteps([])}>
                  {t("walk.again")}
                </Button>
              </div>
            </PropertySection>
          )}
        </>
      )}
    </PropertyPanel>
  );
}
