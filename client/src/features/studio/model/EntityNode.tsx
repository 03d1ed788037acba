import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { classes } from "@/ui/classes";
import { iconOf } from "@/ui/icons";
import { colourVariables } from "@/ui/surfaces";
import styles from "./Model.module.css";

type EntityNodeData = {
  label: string;
  icon: string | undefined;
  colour: string;
  note: string;
  fields: { key: string; label: string; type: string }[] | null;
  isDim: boolean;
  hasProblem: boolean;
  onFields: () => void;
};

export type EntityFlowNode = Node<EntityNodeData, "entity">;

/** A form on the picture; its right edge is where a relation is drawn from. */
export function EntityNode({ data, selected }: NodeProps<EntityFlowNode>) {
  const { t } = useTranslation("model");
  const Icon = iconOf(data.icon);
  return (
    <div
      className={classes(styles.node, selected && styles.chosen, data.isDim && styles.dim)}
      style={colourVariables(data.colour)}
    >
      <Handle type="target" position={Position.Right} className={styles.handle} title={t("dropHere")} />
      <Handle type="source" position={Position.Left} className={styles.handle} title={t("drawFrom")} />
      <div className={styles.nodeHead}>
        <span className={styles.nodeIcon}>
          <Icon size={17} aria-hidden="true" />
        </span>
        <div>
          <strong>{data.label}</strong>
          <small>{data.note}</small>
        </div>
        {data.hasProblem && <b className={styles.problemDot} role="img" aria-label={t("hasProblems")} />}
        <button
          type="button"
          className={classes("nodrag", styles.unfold)}
          aria-expanded={data.fields !== null}
          aria-label={t(data.fields ? "hideFields" : "showFields", { name: data.label })}
          onClick={(event) => {
            event.stopPropagation();
            data.onFields();
          }}
        >
          {data.fields ? <ChevronUp size={15} /> : <ChevronDown size={15} />}
        </button>
      </div>
      {data.fields && (
        <ul className={styles.nodeFields}>
          {data.fields.map((field) => (
            <li key={field.key}>
              <span>{field.label}</span>
              <small>{field.type}</small>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
