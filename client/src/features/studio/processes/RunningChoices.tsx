import { useTranslation } from "react-i18next";
import type { RunningChange } from "@/api/processes";
import type { Op } from "@/api/types/studio";
import { NativeSelect } from "@/ui/controls";
import { Panel } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import styles from "./Processes.module.css";

type RunningStage = RunningChange["stages"][number];
const WAYS = ["finish", "move", "some"] as const;
type Way = (typeof WAYS)[number];
/** What a stage's records do, beside the stages that they may move to. */
const STAY = "";
const GO = "*";

/** For each process whose change concerns running records: they finish where they started, or move. Kept in the draft. */
export function RunningChoices({ changes }: { changes: readonly RunningChange[] }) {
  const { t } = useTranslation("processes");
  const asked = changes.filter((each) => each.records > 0 || each.chosen);
  if (asked.length === 0) return null;
  return (
    <Panel title={t("choices.title")}>
      {asked.map((each) => (
        <OneChoice key={each.process} change={each} />
      ))}
    </Panel>
  );
}

/** What was chosen for the running records of a process, and the ways to choose otherwise. */
function useChoice(change: RunningChange) {
  const { t } = useTranslation("processes");
  const { definitions, edit } = useDraft();
  const kept = definitions.running?.[change.process] ?? { choice: change.choice };
  const moves = definitions.moves?.[change.process] ?? {};
  const moving = kept.stages ?? [];
  const way: Way = kept.choice !== "move" ? "finish" : moving.length > 0 ? "some" : "move";
  const held = change.stages.filter((each) => each.records > 0);
  const stages = definitions.processes?.find((each) => each.key === change.process)?.stages ?? [];
  const ended = new Set(stages.filter((each) => (each.kind ?? "open") !== "open").map((each) => each.key));
  const underWay = held.filter((each) => !ended.has(each.key));
  const put = (ops: Op[]) => edit(ops, t("choices.did", { process: change.label }));
  const running = (value: { choice: "finish" | "move"; stages?: string[] }): Op => ({
    op: "put",
    path: ["running", change.process],
    value,
  });
  const target = (stage: string, to: string | null): Op => ({
    op: "put",
    path: ["moves", change.process, stage],
    value: to,
  });
  const choose = (next: Way) =>
    put([
      running(
        next === "some"
          ? { choice: "move", stages: held.map((each) => each.key) }
          : { choice: next === "move" ? "move" : "finish" },
      ),
    ]);
  const chooseStage = (stage: RunningStage, to: string) => {
    const others = moving.filter((each) => each !== stage.key);
    const next = to === STAY ? others : [...others, stage.key];
    put([
      ...(way === "move" ? [] : [running(next.length > 0 ? { choice: "move", stages: next } : { choice: "finish" })]),
      ...(stage.gone ? [target(stage.key, to || null)] : []),
    ]);
  };
  const stageChoice = (stage: RunningStage) => {
    if (stage.gone) return moves[stage.key] ?? STAY;
    return moving.includes(stage.key) ? GO : STAY;
  };
  return { way, held, underWay, choose, chooseStage, stageChoice };
}

function OneChoice({ change }: { change: RunningChange }) {
  const { t } = useTranslation("processes");
  const { way, held, underWay, choose, chooseStage, stageChoice } = useChoice(change);
  const asked = way === "some" ? held : way === "move" ? held.filter((each) => each.gone) : [];
  return (
    <fieldset className={styles.choice}>
      <legend>{t("choices.of", { process: change.label, count: change.records })}</legend>
      <p className={styles.hint}>{underWay.map((each) => `${each.label} ${each.records}`).join(" · ")}</p>
      {WAYS.filter((each) => each !== "some" || held.length > 1 || way === "some").map((each) => (
        <label key={each} className={styles.option}>
          <input type="radio" name={`running-${change.process}`} checked={way === each} onChange={() => choose(each)} />
          <span>
            <strong>{t(`choices.${each}`)}</strong>
            <small>{t(`choices.${each}Text`, { number: change.number })}</small>
          </span>
        </label>
      ))}
      {asked.map((stage) => (
        <div key={stage.key} className={styles.mapping}>
          <span>
            {t(stage.gone ? "choices.gone" : "choices.inStage", { stage: stage.label, count: stage.records })}
          </span>
          <NativeSelect
            aria-label={t("running.target", { stage: stage.label })}
            value={stageChoice(stage)}
            onChange={(event) => chooseStage(stage, event.target.value)}
          >
            <option value={STAY}>{t(way === "some" ? "choices.finish" : "running.chooseTarget")}</option>
            {!stage.gone && <option value={GO}>{t("choices.goOn")}</option>}
            {stage.gone &&
              change.targets.map((each) => (
                <option key={each.key} value={each.key}>
                  {t("choices.moveTo", { stage: each.label })}
                </option>
              ))}
          </NativeSelect>
        </div>
      ))}
    </fieldset>
  );
}
