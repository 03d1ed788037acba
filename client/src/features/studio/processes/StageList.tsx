import { ArrowDown, ArrowUp, CornerDownRight, FileCheck2, Plus, Timer, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Stage } from "@/api/types/studio";
import { Button, IconButton } from "@/ui/Button";
import { Count, colourVariables, Tag } from "@/ui/surfaces";
import { isForward, shiftStage } from "./edits";
import styles from "./Processes.module.css";
import type { Chosen } from "./selection";
import type { ProcessHandle } from "./useProcess";

interface StageListProps {
  handle: ProcessHandle;
  counts: ReadonlyMap<string, number>;
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  onAdd: (after: string | null) => void;
  onConnect: (source: string) => void;
}

/** What a stage asks for, in a few words. */
export function StageNotes({ stage }: { stage: Stage }) {
  const { t } = useTranslation("processes");
  const proofs = stage.evidence?.length ?? 0;
  const fields = stage.required?.length ?? 0;
  return (
    <span className={styles.notes}>
      {fields > 0 && <span>{t("short.fields", { count: fields })}</span>}
      {proofs > 0 && (
        <span>
          <FileCheck2 size={12} aria-hidden="true" />
          {t("short.proofs", { count: proofs })}
        </span>
      )}
      {stage.limit && (
        <span>
          <Timer size={12} aria-hidden="true" />
          {t("short.hours", { hours: stage.limit.hours })}
        </span>
      )}
    </span>
  );
}

/** The stages in their order with the moves that lead on: for the keyboard, for phones, for reading. */
export function StageList({ handle, counts, chosen, onChoose, onAdd, onConnect }: StageListProps) {
  const { t } = useTranslation("processes");
  const { process, edit } = handle;
  const shift = (stage: Stage, by: 1 | -1) =>
    edit(shiftStage(process, stage.key, by), t("did.moved", { stage: handle.text(stage.label, stage.key) }));
  return (
    <div className={styles.list}>
      <ol aria-label={t("stages")}>
        {process.stages.map((stage, at) => {
          const name = handle.text(stage.label, stage.key);
          const moves = process.transitions.filter((each) => each.source.includes(stage.key));
          const isChosen = chosen?.kind === "stage" && chosen.key === stage.key;
          return (
            <li key={stage.key} className={styles.row} style={colourVariables(stage.colour ?? "blue")}>
              <div className={styles.rowHead}>
                <button
                  type="button"
                  className={styles.rowName}
                  aria-pressed={isChosen}
                  onClick={() => onChoose({ kind: "stage", key: stage.key })}
                >
                  <span className={styles.swatch} aria-hidden="true" />
                  <strong>{name}</strong>
                  {stage.kind && stage.kind !== "open" && <Tag>{t(`stage.kinds.${stage.kind}`)}</Tag>}
                  {process.initial === stage.key && <Tag colour="green">{t("initial")}</Tag>}
                  {(counts.get(stage.key) ?? 0) > 0 && <Count quiet value={counts.get(stage.key) ?? 0} />}
                  <StageNotes stage={stage} />
                </button>
                <span className={styles.tools}>
                  <IconButton
                    label={t("stage.up", { stage: name })}
                    disabled={at === 0}
                    onClick={() => shift(stage, -1)}
                  >
                    <ArrowUp size={15} />
                  </IconButton>
                  <IconButton
                    label={t("stage.down", { stage: name })}
                    disabled={at === process.stages.length - 1}
                    onClick={() => shift(stage, 1)}
                  >
                    <ArrowDown size={15} />
                  </IconButton>
                </span>
              </div>
              <ul className={styles.ways} aria-label={t("movesFrom", { stage: name })}>
                {moves.map((move) => (
                  <li key={move.key}>
                    <button
                      type="button"
                      aria-pressed={chosen?.kind === "transition" && chosen.key === move.key}
                      data-way={isForward(process, move) ? "on" : move.backward ? "back" : "lost"}
                      onClick={() => onChoose({ kind: "transition", key: move.key })}
                    >
                      {move.backward ? (
                        <Undo2 size={13} aria-hidden="true" />
                      ) : (
                        <CornerDownRight size={13} aria-hidden="true" />
                      )}
                      {handle.text(move.label, move.key)}
                      <small>→ {handle.stageName(move.target)}</small>
                    </button>
                  </li>
                ))}
                <li>
                  <Button small kind="quiet" icon={<Plus size={13} />} onClick={() => onConnect(stage.key)}>
                    {t("transition.add")}
                  </Button>
                  <Button small kind="quiet" icon={<Plus size={13} />} onClick={() => onAdd(stage.key)}>
                    {t("stage.insertAfter")}
                  </Button>
                </li>
              </ul>
            </li>
          );
        })}
      </ol>
      <Button icon={<Plus size={15} />} onClick={() => onAdd(null)}>
        {t("stage.add")}
      </Button>
    </div>
  );
}
