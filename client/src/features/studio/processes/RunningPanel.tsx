import { ArrowRightLeft } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Running, type RunningVersion, useMoveRunning } from "@/api/processes";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Check, FieldFrame, NativeSelect, TextArea } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { colourVariables, EmptyState, Notice, Tag } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { PropertyPanel } from "../parts/PropertyPanel";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

function MoveDialog({
  handle,
  version,
  onClose,
}: {
  handle: ProcessHandle;
  version: RunningVersion;
  onClose: () => void;
}) {
  const { t } = useTranslation(["processes", "common"]);
  const errorText = useErrorText();
  const move = useMoveRunning(handle.process.key);
  const occupied = version.stages.filter((each) => each.records > 0);
  const [stages, setStages] = useState(new Set(occupied.map((each) => each.key)));
  const [moves, setMoves] = useState<Record<string, string>>({});
  const [reason, setReason] = useState("");
  const published = handle.draft.published.processes?.find((each) => each.key === handle.process.key);
  const targets = (published ?? handle.process).stages;
  const chosen = occupied.filter((each) => stages.has(each.key));
  const isReady = chosen.length > 0 && reason.trim() !== "" && chosen.every((each) => !each.gone || moves[each.key]);
  const submit = () =>
    isReady &&
    move.mutate(
      {
        number: version.number,
        stages: chosen.map((each) => each.key),
        moves: Object.fromEntries(chosen.flatMap((each) => (each.gone ? [[each.key, moves[each.key] ?? ""]] : []))),
        reason: reason.trim(),
      },
      {
        onSuccess: ({ records, queued }) => {
          toast.done(t(queued ? "processes:running.queued" : "processes:running.moved", { count: records }));
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={t("processes:running.moveTitle", { number: version.number })}
      width={520}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={!isReady} busy={move.isPending}>
            {t("processes:running.move", { count: chosen.reduce((sum, each) => sum + each.records, 0) })}
          </Button>
        </>
      }
    >
      <div style={{ display: "grid", gap: 12 }}>
        {move.error && <Notice kind="danger">{errorText(move.error)}</Notice>}
        <p className={styles.hint}>{t("processes:running.moveText")}</p>
        <ul className={styles.moveStages}>
          {occupied.map((each) => (
            <li key={each.key}>
              <Check
                checked={stages.has(each.key)}
                onChange={(isOn) =>
                  setStages(new Set(isOn ? [...stages, each.key] : [...stages].filter((key) => key !== each.key)))
                }
              >
                {each.label} <small>{t("processes:running.records", { count: each.records })}</small>
              </Check>
              {each.gone && stages.has(each.key) && (
                <NativeSelect
                  aria-label={t("processes:running.target", { stage: each.label })}
                  value={moves[each.key] ?? ""}
                  onChange={(event) => setMoves({ ...moves, [each.key]: event.target.value })}
                >
                  <option value="">{t("processes:running.chooseTarget")}</option>
                  {targets.map((target) => (
                    <option key={target.key} value={target.key}>
                      {handle.text(target.label, target.key)}
                    </option>
                  ))}
                </NativeSelect>
              )}
            </li>
          ))}
        </ul>
        <FieldFrame label={t("processes:running.reason")} required help={t("processes:running.reasonHelp")}>
          {(ids) => <TextArea {...ids} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </FieldFrame>
      </div>
    </Dialog>
  );
}

/** The versions that records run on, how many are in each stage, and taking them to the present version. */
export function RunningPanel({ handle, running }: { handle: ProcessHandle; running: Running | undefined }) {
  const { t } = useTranslation("processes");
  const whenText = useWhenText();
  const [moving, setMoving] = useState<RunningVersion | null>(null);
  return (
    <PropertyPanel title={t("running.title")} note={t("running.about")}>
      {running?.versions.map((version) => (
        <section key={version.number} className={styles.version}>
          <header>
            <strong>{t("running.version", { number: version.number })}</strong>
            {version.current ? (
              <Tag colour="green">{t("running.current")}</Tag>
            ) : (
              <Tag colour="gold">{t("running.former")}</Tag>
            )}
            <span>{t("running.records", { count: version.records })}</span>
          </header>
          {version.since && <small>{t("running.since", { when: whenText(version.since), by: version.by })}</small>}
          <ul>
            {version.stages.map((stage) => (
              <li key={stage.key} style={colourVariables(stage.colour)}>
                <span className={styles.swatch} aria-hidden="true" />
                {stage.label}
                {stage.gone && <Tag>{t("running.gone")}</Tag>}
                <b>{stage.records}</b>
              </li>
            ))}
          </ul>
          {!version.current && version.stages.some((each) => each.records > 0) && (
            <Button small icon={<ArrowRightLeft size={14} />} onClick={() => setMoving(version)}>
              {t("running.moveNow")}
            </Button>
          )}
        </section>
      ))}
      {running && running.versions.length === 0 && <EmptyState title={t("running.none")} />}
      {moving && <MoveDialog handle={handle} version={moving} onClose={() => setMoving(null)} />}
    </PropertyPanel>
  );
}
