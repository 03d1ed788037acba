import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { CircleAlert, CornerRightDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Stage } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { listed } from "@/model/words";
import { classes } from "@/ui/classes";
import { colourVariables } from "@/ui/surfaces";
import styles from "./Processes.module.css";
import { StageNotes } from "./StageList";

export interface StageNodeData extends Record<string, unknown> {
  stage: Stage;
  label: string;
  count: number;
  /** Moves that give records of this stage up. */
  losses: string[];
  isInitial: boolean;
  hasProblems: boolean;
}

const SIDES = [
  ["left", Position.Left],
  ["right", Position.Right],
  ["top", Position.Top],
  ["bottom", Position.Bottom],
] as const;

/** A stage on the canvas; moves are drawn from its edges. */
export function StageNode({ data, selected }: NodeProps<Node<StageNodeData>>) {
  const { t } = useTranslation("processes");
  const language = useLanguage();
  const { stage, label, count, losses, isInitial, hasProblems } = data;
  const kind = stage.kind ?? "open";
  return (
    <div
      className={classes(styles.node, selected && styles.nodeChosen)}
      data-kind={kind}
      style={colourVariables(stage.colour ?? "blue")}
    >
      {SIDES.map(([side, position]) => (
        <Handle key={`in-${side}`} id={`in-${side}`} type="target" position={position} className={styles.handleIn} />
      ))}
      {SIDES.map(([side, position]) => (
        <Handle key={side} id={side} type="source" position={position} className={styles.handle} />
      ))}
      <div className={styles.nodeHead}>
        <strong title={label}>{label}</strong>
        {losses.length > 0 && (
          <span className={styles.losses} title={listed(losses, language)}>
            <CornerRightDown size={13} aria-hidden="true" />
          </span>
        )}
        {hasProblems && <CircleAlert size={14} color="var(--danger)" aria-label={t("hasProblems")} />}
        {count > 0 && <span className={styles.nodeCount}>{count}</span>}
      </div>
      <StageNotes stage={stage} />
      {(isInitial || kind !== "open") && (
        <span className={styles.nodeKind}>{isInitial ? t("initial") : t(`stage.kinds.${kind}`)}</span>
      )}
    </div>
  );
}
