import { ArrowRightLeft, Snowflake } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { useMoves } from "@/api/process";
import type { RecordRow, TransitionState } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useSpanText, useWhenText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { formatDateTime } from "@/model/format";
import { Button } from "@/ui/Button";
import { useTicking } from "@/ui/hooks";
import { Menu } from "@/ui/Menu";
import { intoSight } from "@/ui/sight";
import { MoveDialog } from "./MoveDialog";
import styles from "./Process.module.css";
import { timingOf } from "./timing";

function TimeLine({ record, reason }: { record: RecordRow; reason: string | null }) {
  const { t } = useTranslation("process");
  const language = useLanguage();
  const spanText = useSpanText();
  const whenText = useWhenText();
  const catalogue = useCatalogue();
  useTicking(record.frozen_until ? 1000 : 30_000);
  const stage = catalogue.stage(record.entity, record.stage, record.process_version);
  const timing = timingOf(record, stage, serverNow());
  return (
    <>
      {record.stage_since && (
        <span>{t("stages.entered", { when: whenText(record.stage_since), time: spanText(timing.inStage) })}</span>
      )}
      {stage?.limit && <span>{t("stages.limit", { hours: stage.limit.hours })}</span>}
      {timing.over !== null && <span className={styles.over}>{t("stages.over", { time: spanText(timing.over) })}</span>}
      {timing.frozen !== null && record.frozen_until && (
        <span className={styles.frozen}>
          <Snowflake size={14} aria-hidden="true" />
          {reason && `${reason} · `}
          {t("stages.frozen", { when: formatDateTime(record.frozen_until, language), time: spanText(timing.frozen) })}
        </span>
      )}
    </>
  );
}

function MoveMenu({ transitions, onMove }: { transitions: TransitionState[]; onMove: (target: string) => void }) {
  const { t } = useTranslation("process");
  const targets = [...new Map(transitions.map((each) => [each.target, each])).values()];
  return (
    <Menu
      end
      label={t("stages.moves")}
      trigger={(trigger) => (
        <Button {...trigger} small kind="primary" icon={<ArrowRightLeft size={15} />}>
          {t("board.moveTo")}
        </Button>
      )}
      entries={targets.map((each) => ({
        key: each.key,
        label: each.label,
        hint: each.backward ? t("move.backward") : undefined,
        onSelect: () => onMove(each.target),
      }))}
    />
  );
}

/** The stages in a row, how long the record has been here, and the ways on. */
export function StageBar({ record }: { record: RecordRow }) {
  const { t } = useTranslation("process");
  const catalogue = useCatalogue();
  const process = catalogue.process(record.entity);
  const may = record.can?.move ?? true;
  const moves = useMoves(record.entity, record.id, process !== undefined && may);
  const [target, setTarget] = useState<string | null>(null);
  if (!process) return null;
  const stages = catalogue.stagesFor(record.entity, record.process_version);
  const at = stages.findIndex((stage) => stage.key === record.stage);
  const transitions = moves.data?.transitions ?? [];
  return (
    <div className={styles.bar} data-current-stage={record.stage ?? undefined}>
      <ol className={styles.stages} data-goes-on aria-label={t("stages.label")}>
        {stages.map((stage, index) => {
          if (stage.kind === "lost" && index !== at) return null;
          const state = index === at ? (stage.kind === "lost" ? "lost" : "now") : index < at ? "past" : "next";
          const isOpen = transitions.some((each) => each.target === stage.key);
          return (
            <li key={stage.key} style={{ display: "contents" }}>
              {isOpen ? (
                <button
                  type="button"
                  className={styles.step}
                  data-state={state}
                  data-open="true"
                  onClick={() => setTarget(stage.key)}
                >
                  {stage.label}
                </button>
              ) : (
                <span
                  ref={index === at ? intoSight : undefined}
                  className={styles.step}
                  data-state={state}
                  aria-current={state === "now" ? "step" : undefined}
                >
                  {stage.label}
                </span>
              )}
            </li>
          );
        })}
      </ol>
      <div className={styles.under}>
        <TimeLine record={record} reason={moves.data?.freeze?.reason ?? null} />
        {record.process_version && (
          <span title={t("stages.formerHint")}>{t("stages.former", { number: record.process_version })}</span>
        )}
        <span className={styles.push} />
        {transitions.length > 0 && <MoveMenu transitions={transitions} onMove={setTarget} />}
      </div>
      {target && <MoveDialog record={record} target={target} onClose={() => setTarget(null)} />}
    </div>
  );
}
