/** Places for forms that nobody has placed: in layers from left to right, along their relations. */
import { Graph, layout } from "@dagrejs/dagre";
import type { ModelRelation, Point } from "./graph";

export const NODE = { width: 232, height: 64 };
export const FIELD_HEIGHT = 24;

interface Sized {
  key: string;
  height: number;
}

export function arrange(nodes: Sized[], relations: ModelRelation[]): Map<string, Point> {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "RL", nodesep: 40, ranksep: 150, marginx: 20, marginy: 20 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.key, { width: NODE.width, height: node.height });
  for (const relation of relations)
    if (relation.entity !== relation.target) graph.setEdge(relation.entity, relation.target, {}, relation.id);
  layout(graph);
  return new Map(
    nodes.map((node) => {
      const at = graph.node(node.key) as { x: number; y: number };
      return [node.key, { x: Math.round(at.x - NODE.width / 2), y: Math.round(at.y - node.height / 2) }];
    }),
  );
}
