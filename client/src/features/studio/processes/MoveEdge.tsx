import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from "@xyflow/react";
import { Plus } from "lucide-react";
import { useState } from "react";
import styles from "./Processes.module.css";

export interface MoveEdgeData extends Record<string, unknown> {
  label: string;
  way: "on" | "back" | "lost";
  insert: string;
  onInsert: () => void;
}

/** A move on the canvas: its name, and a place to put a stage into it. */
export function MoveEdge(props: EdgeProps<Edge<MoveEdgeData>>) {
  const { data, selected, markerEnd, id } = props;
  const [over, setOver] = useState(false);
  const [path, x, y] = getSmoothStepPath({ ...props, borderRadius: 14, offset: data?.way === "on" ? 22 : 34 });
  if (!data) return null;
  const isShown = data.way === "on" || selected || over;
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only shows the name; the edge itself is chosen by mouse and keyboard */}
      <g onMouseEnter={() => setOver(true)} onMouseLeave={() => setOver(false)}>
        <BaseEdge
          id={id}
          path={path}
          {...(markerEnd ? { markerEnd } : {})}
          interactionWidth={18}
          className={styles.edge}
          data-way={data.way}
          data-chosen={selected || undefined}
        />
      </g>
      {isShown && (
        <EdgeLabelRenderer>
          <div
            className={styles.edgeLabel}
            data-way={data.way}
            data-chosen={selected || undefined}
            data-long={Math.abs(props.sourceY - props.targetY) > 1 || undefined}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            <span title={data.label}>{data.label}</span>
            {data.way === "on" && (
              <button
                type="button"
                className="nodrag nopan"
                title={data.insert}
                aria-label={`${data.insert}: ${data.label}`}
                onClick={data.onInsert}
              >
                <Plus size={12} aria-hidden="true" />
              </button>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
}
