import { useTranslation } from "react-i18next";
import type { RunningChange } from "@/api/processes";
import { NativeSelect } from "@/ui/controls";
import { Panel } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import styles from "./Processes.module.css";

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

function OneChoice({ change }: { change: RunningChange }) {
  const { t } = useTranslation("processes");
  const { definitions, edit } = useDraft();
  const kept = definitions.running?.[change.process] ?? { choice: change.choice };
  const moves = definitions.moves?.[change.process] ?? {};
  const choose = (choice: "finish" | "move") =>
    edit(
      [{ op: "put", path: ["running", change.process], value: { choice } }],
      t("choices.did", { process: change.label }),
    );
  const gone = change.stages.filter((each) => each.gone && each.records > 0);
  return (
    <fieldset className={styles.choice}>
      <legend>{t("choices.of", { process: change.label, count: change.records })}</legend>
      <p className={styles.hint}>
        {change.stages
          .filter((each) => each.records > 0)
          .map((each) => `${each.label} ${each.records}`)
          .join(" · ")}
      </p>
      {(["finish", "move"] as const).map((choice) => (
        <label key={choice} className={styles.option}>
          <input
            type="radio"
            name={`running-${change.process}`}
            checked={kept.choice === choice}
            onChange={() => choose(choice)}
          />
          <span>
            <strong>{t(`choices.${choice}`)}</strong>
            <small>{t(`choices.${choice}Text`, { number: change.number })}</small>
          </span>
        </label>
      ))}
      {kept.choice === "move" &&
        gone.map((each) => (
          <div key={each.key} className={styles.mapping}>
            <span>{t("choices.gone", { stage: each.label, count: each.records })}</span>
            <NativeSelect
              aria-label={t("running.target", { stage: each.label })}
              value={moves[each.key] ?? ""}
              onChange={(event) =>
                edit(
                  [{ op: "put", path: ["moves", change.process, each.key], value: event.target.value || null }],
                  t("choices.did", { process: change.label }),
                )
              }
            >
              <option value="">{t("running.chooseTarget")}</option>
              {change.targets.map((target) => (
                <option key={target.key} value={target.key}>
                  {target.label}
                </option>
              ))}
            </NativeSelect>
          </div>
        ))}
    </fieldset>
  );
}
