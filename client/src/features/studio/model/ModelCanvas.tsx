import {
  applyNodeChanges,
  Background,
  Controls,
  type NodeChange,
  type OnNodeDrag,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type EntityCounts, type ModelPlaces, usePlaceChanges } from "@/api/modelling";
import { colourVariables } from "@/ui/surfaces";
import { type EntityFlowNode, EntityNode } from "./EntityNode";
import { colourOfApp, type ModelRelation } from "./graph";
import styles from "./Model.module.css";
import type { Chosen } from "./ModelPage";
import { useFlow } from "./useFlow";
import { useModelEdits } from "./useModelEdits";

interface ModelCanvasProps {
  places: ModelPlaces;
  relations: ModelRelation[];
  counts: EntityCounts | undefined;
  found: string[] | null;
  /** Counts up when everything is to find its own place again. */
  arranged: number;
  chosen: Chosen | null;
  onChoose: (chosen: Chosen | null) => void;
  onRelate: (source: string, target: string) => void;
}

const NODE_TYPES = { entity: EntityNode };

/** The picture of the model: forms can be moved, and a relation is drawn from the edge of one to another. */
export function ModelCanvas(props: ModelCanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ places, relations, counts, found, arranged, chosen, onChoose, onRelate }: ModelCanvasProps) {
  const { t } = useTranslation("model");
  const { definitions, name } = useModelEdits();
  const flow = useReactFlow();
  const place = usePlaceChanges();
  const made = useFlow({ places, relations, counts, found, chosen });
  const [nodes, setNodes] = useState<EntityFlowNode[]>(made.nodes);
  const done = useRef(arranged);
  const { setMoved } = made;
  useEffect(() => setNodes(made.nodes), [made.nodes]);

  useEffect(() => {
    if (done.current === arranged) return;
    done.current = arranged;
    setMoved({});
    place.mutate({ places: {}, keep: false });
    requestAnimationFrame(() => void flow.fitView({ duration: 250, padding: 0.15 }));
  }, [arranged, flow, place, setMoved]);

  const focused = chosen?.kind === "entity" ? chosen.id : (found?.[0] ?? null);
  useEffect(() => {
    if (focused) void flow.fitView({ nodes: [{ id: focused }], duration: 300, maxZoom: 1, padding: 0.4 });
  }, [focused, flow]);

  const onChange = (changes: NodeChange<EntityFlowNode>[]) =>
    setNodes((was) => applyNodeChanges(changes.filter((each) => each.type !== "select" && each.type !== "remove"), was)); // biome-ignore format: one call
  const onDragStop: OnNodeDrag<EntityFlowNode> = (_event, _node, dragged) => {
    const moved = Object.fromEntries(
      dragged.map((each) => [each.id, { x: Math.round(each.position.x), y: Math.round(each.position.y) }]),
    );
    const all = Object.fromEntries(nodes.map((each) => [each.id, each.position]));
    setMoved({ ...all, ...moved });
    place.mutate({ places: moved, keep: true });
  };
  return (
    <div className={styles.canvas}>
      <ReactFlow
        nodes={nodes}
        edges={made.edges}
        nodeTypes={NODE_TYPES}
        onNodesChange={onChange}
        onNodeDragStop={onDragStop}
        onNodeClick={(_event, node) => onChoose({ kind: "entity", id: node.id })}
        onEdgeClick={(_event, edge) => onChoose({ kind: "relation", id: edge.id })}
        onPaneClick={() => onChoose(null)}
        onConnect={(connection) => onRelate(connection.source, connection.target)}
        connectionRadius={60}
        deleteKeyCode={null}
        nodeDragThreshold={4}
        minZoom={0.2}
        maxZoom={1.6}
        fitView
        fitViewOptions={{ padding: 0.12, maxZoom: 1 }}
        proOptions={{ hideAttribution: true }}
        onKeyDown={(event) => {
          const id = (event.target as HTMLElement).closest<HTMLElement>(".react-flow__node")?.dataset.id;
          if (event.key === "Enter" && id) onChoose({ kind: "entity", id });
        }}
        ariaLabelConfig={{
          "node.a11yDescription.default": t("nodeHelp"),
          "node.a11yDescription.keyboardDisabled": t("nodeHelp"),
          "edge.a11yDescription.default": t("edgeHelp"),
          "controls.ariaLabel": t("controls"),
          "controls.zoomIn.ariaLabel": t("zoomIn"),
          "controls.zoomOut.ariaLabel": t("zoomOut"),
          "controls.fitView.ariaLabel": t("fit"),
        }}
      >
        <Background gap={22} size={1.4} color="var(--line-strong)" />
        <Controls showInteractive={false} />
        <Panel position="bottom-right">
          <ul className={styles.legend} aria-label={t("apps")}>
            {(definitions.apps ?? []).map((app) => (
              <li key={app.key} style={colourVariables(colourOfApp(app.key, definitions))}>
                {name(app.label)}
              </li>
            ))}
            <li style={colourVariables("grey")}>{t("noApp")}</li>
          </ul>
        </Panel>
      </ReactFlow>
    </div>
  );
}
