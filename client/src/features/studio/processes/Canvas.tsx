import {
  Background,
  Controls,
  type Edge,
  MarkerType,
  type Node,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Transition } from "@/api/types/studio";
import { indexAt, isForward, placeStage } from "./edits";
import { layoutStages, NODE, type Spot, sidesOf } from "./layout";
import { MoveEdge, type MoveEdgeData } from "./MoveEdge";
import styles from "./Processes.module.css";
import { StageNode, type StageNodeData } from "./StageNode";
import type { Chosen } from "./selection";
import type { ProcessHandle } from "./useProcess";

export interface CanvasProps {
  handle: ProcessHandle;
  counts: ReadonlyMap<string, number>;
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  onConnect: (source: string, target: string) => void;
  onInsert: (move: Transition) => void;
  onRemove: (chosen: Chosen) => void;
}

const NODE_TYPES = { stage: StageNode };
const EDGE_TYPES = { move: MoveEdge };

function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

function edgesOf({ handle, chosen, onInsert }: CanvasProps, spots: Map<string, Spot>, insert: string) {
  const { process } = handle;
  return process.transitions.flatMap((move) =>
    move.source.flatMap((source): Edge<MoveEdgeData>[] => {
      const from = spots.get(source);
      const to = spots.get(move.target);
      if (!from || !to) return [];
      const sides = sidesOf(from, to);
      const way = isForward(process, move) ? "on" : move.backward ? "back" : "lost";
      const isChosen = chosen?.kind === "transition" && chosen.key === move.key;
      const isNear = chosen?.kind === "stage" && (chosen.key === source || chosen.key === move.target);
      // Nearly every stage may be given up: these moves show once one of their ends is chosen.
      if (way === "lost" && !isChosen && !isNear) return [];
      return [
        {
          id: `${move.key}:${source}`,
          type: "move",
          source,
          target: move.target,
          sourceHandle: sides.source,
          targetHandle: `in-${sides.target}`,
          selected: isChosen,
          markerEnd: {
            type: MarkerType.ArrowClosed,
            width: 16,
            height: 16,
            color: `var(--way-${isChosen ? "chosen" : way})`,
          },
          ariaLabel: `${handle.text(move.label, move.key)}: ${handle.stageName(source)} → ${handle.stageName(move.target)}`,
          data: { label: handle.text(move.label, move.key), way, insert, onInsert: () => onInsert(move) },
        },
      ];
    }),
  );
}

function Flow(props: CanvasProps) {
  const { handle, counts, chosen, onChoose, onConnect, onRemove } = props;
  const { t } = useTranslation("processes");
  const { process } = handle;
  const { ref, width } = useWidth();
  const flow = useReactFlow();
  const [dragged, setDragged] = useState<{ key: string; x: number; y: number } | null>(null);
  const spots = useMemo(() => layoutStages(process, width || 1100), [process, width]);
  const shape = [...spots.entries()].map(([key, spot]) => `${key}@${spot.x},${spot.y}`).join(" ");
  const wasShown = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new arrangement is brought into sight
  useEffect(() => {
    const timer = setTimeout(() => {
      // The first one stands at once: a click on a stage that still moves would be lost.
      void flow.fitView({ padding: 0.08, maxZoom: 1, duration: wasShown.current ? 180 : 0 });
      wasShown.current = width > 0;
    }, 30);
    return () => clearTimeout(timer);
  }, [shape, flow, width > 0]);
  const nodes = process.stages.map((stage): Node<StageNodeData> => {
    const spot = spots.get(stage.key) ?? { x: 0, y: 0 };
    const own = dragged?.key === stage.key ? dragged : spot;
    return {
      id: stage.key,
      type: "stage",
      position: { x: own.x, y: own.y },
      width: NODE.width,
      height: NODE.height,
      selected: chosen?.kind === "stage" && chosen.key === stage.key,
      ariaLabel: handle.text(stage.label, stage.key),
      data: {
        stage,
        label: handle.text(stage.label, stage.key),
        count: counts.get(stage.key) ?? 0,
        losses: process.transitions
          .filter((each) => each.source.includes(stage.key) && !each.backward && !isForward(process, each))
          .map((each) => handle.text(each.label, each.key)),
        isInitial: process.initial === stage.key,
        hasProblems: handle.draft.problemsAt(["processes", process.key, "stages", stage.key]).length > 0,
      },
    };
  });
  const edges = edgesOf(props, spots, t("transition.insert"));
  const onNodes = (changes: NodeChange<Node<StageNodeData>>[]) => {
    for (const change of changes) {
      if (change.type === "position" && change.position && change.dragging)
        setDragged({ key: change.id, x: change.position.x, y: change.position.y });
      if (change.type === "select" && change.selected) onChoose({ kind: "stage", key: change.id });
    }
  };
  const drop = (key: string, x: number, y: number) => {
    setDragged(null);
    const before = (stage: string) => {
      const spot = spots.get(stage);
      if (!spot) return false;
      const rows = Math.round((y - spot.y) / (NODE.height + 60));
      return rows > 0 || (rows === 0 && spot.x < x);
    };
    const index = indexAt(process, key, before);
    const now = process.stages.findIndex((each) => each.key === key);
    if (index !== now) handle.edit(placeStage(process, key, index), t("did.moved", { stage: handle.stageName(key) }));
  };
  return (
    <div ref={ref} className={styles.canvas}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        minZoom={0.3}
        maxZoom={1.6}
        deleteKeyCode={["Delete"]}
        proOptions={{ hideAttribution: true }}
        onNodesChange={onNodes}
        onEdgesChange={(changes) => {
          for (const change of changes)
            if (change.type === "select" && change.selected)
              onChoose({ kind: "transition", key: change.id.split(":")[0] ?? "" });
        }}
        onNodeDragStop={(_, node) => drop(node.id, node.position.x, node.position.y)}
        onNodeClick={(_, node) => onChoose({ kind: "stage", key: node.id })}
        onEdgeClick={(_, edge) => onChoose({ kind: "transition", key: edge.id.split(":")[0] ?? "" })}
        onPaneClick={() => onChoose(null)}
        onConnect={({ source, target }) => source !== target && onConnect(source, target)}
        onBeforeDelete={async () => {
          onRemove(chosen);
          return false;
        }}
        ariaLabelConfig={{
          "node.a11yDescription.default": t("canvas.node"),
          "edge.a11yDescription.default": t("canvas.edge"),
          "controls.zoomIn.ariaLabel": t("canvas.zoomIn"),
          "controls.zoomOut.ariaLabel": t("canvas.zoomOut"),
          "controls.fitView.ariaLabel": t("canvas.fit"),
        }}
      >
        <Background gap={22} size={1} color="var(--line-strong)" />
        <Controls showInteractive={false} position="bottom-left" />
      </ReactFlow>
      <p className={styles.canvasHint}>{t("canvas.hint")}</p>
    </div>
  );
}

/** The stages as a picture: drag a stage to reorder, draw from one to another to allow a move. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}
