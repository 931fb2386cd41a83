// Where everything stands: chains from top to bottom, branches side by side, each container around what it holds.
import type { Edge, Node } from '@xyflow/react';
import type { State } from '../state/model';

const CARD = { width: 200, height: 52 };
const HEADER = { width: 200, height: 44 };
const BRANCH = { width: 120, height: 32 };
const GAP = 68;
const SIDE = 28;
const PAD = 24;
/** Below the last node of a graph: there stands a +. */
const END = 44;

interface Box {
  width: number;
  height: number;
  /** Puts the box's nodes with its top centre at a place. */
  place: (x: number, y: number) => void;
  /** The nodes that an edge goes into and comes from. */
  first: string;
  last: string;
}

export interface Laid {
  nodes: Node[];
  edges: Edge[];
  width: number;
  height: number;
}

export const layout = (workflow: State['workflow']): Laid => {
  const nodes: Node[] = [];
  const edges: Edge[] = [];
  const node = (id: string, type: string, x: number, y: number, width: number, height: number, data: Record<string, unknown> = {}) => {
    nodes.push({ id, type, position: { x: x - width / 2, y }, width, height, data, draggable: false, selectable: type !== 'graph', zIndex: type === 'graph' ? -1 : 1, focusable: false });
  };
  const edge = (source: string, target: string, graph: string, after: string | null) => {
    edges.push({ id: `${source}→${target}`, source, target, type: 'plus', data: { graph, after }, focusable: false });
  };

  const chain = (graph: string, from: string | null): Box => {
    const boxes = (workflow.graphs[graph] ?? []).map((id) => ({ id, box: single(id) }));
    const width = Math.max(CARD.width, ...boxes.map(({ box }) => box.width));
    const height = boxes.reduce((sum, { box }) => sum + box.height + GAP, 0) - (boxes.length > 0 ? GAP : 0);
    const place = (x: number, y: number) => {
      let top = y;
      let before = from;
      let after: string | null = null;
      for (const { id, box } of boxes) {
        if (before !== null) edge(before, box.first, graph, after);
        box.place(x, top);
        top += box.height + GAP;
        before = box.last;
        after = id;
      }
    };
    return { width, height: Math.max(height, 0), place, first: boxes[0]?.box.first ?? '', last: boxes.at(-1)?.box.last ?? from ?? '' };
  };

  const single = (id: string): Box => {
    const inner = workflow.graphs[id];
    if (!inner) return { ...CARD, first: id, last: id, place: (x, y) => node(id, 'card', x, y, CARD.width, CARD.height) };
    const header = `${id}-#scope`;
    if (workflow.collapsedGraphIds[id]) return { ...HEADER, first: header, last: header, place: (x, y) => node(header, 'scope', x, y, HEADER.width, HEADER.height, { id }) };
    const columns = inner.filter((graph) => workflow.nodesMetadata[graph]?.subgraphType).map((graph) => branch(graph));
    const body = columns.length > 0 ? beside(header, columns) : chain(id, header);
    const width = Math.max(body.width, HEADER.width) + 2 * PAD;
    const height = HEADER.height + GAP + body.height + (columns.length > 0 ? PAD : END);
    const place = (x: number, y: number) => {
      node(id, 'graph', x, y + HEADER.height / 2, width, height - HEADER.height / 2);
      node(header, 'scope', x, y, HEADER.width, HEADER.height, { id });
      body.place(x, y + HEADER.height + GAP);
    };
    return { width, height, place, first: header, last: id };
  };

  const branch = (graph: string): Box => {
    const header = `${graph}-#subgraph`;
    if (workflow.collapsedGraphIds[graph]) return { ...BRANCH, first: header, last: header, place: (x, y) => node(header, 'branch', x, y, BRANCH.width, BRANCH.height, { id: graph }) };
    const body = chain(graph, header);
    const inner = workflow.graphs[graph]?.length ?? 0;
    const width = body.width + 2 * PAD;
    const height = BRANCH.height + GAP + body.height + (inner === 0 ? 0 : END);
    const place = (x: number, y: number) => {
      node(graph, 'graph', x, y + BRANCH.height / 2, width, height - BRANCH.height / 2);
      node(header, 'branch', x, y, BRANCH.width, BRANCH.height, { id: graph });
      body.place(x, y + BRANCH.height + GAP);
    };
    return { width, height, place, first: header, last: graph };
  };

  const beside = (header: string, columns: Box[]): Box => ({
    width: columns.reduce((sum, { width }) => sum + width + SIDE, -SIDE),
    height: Math.max(...columns.map(({ height }) => height)),
    first: header,
    last: header,
    place(x, y) {
      let left = x - this.width / 2;
      for (const column of columns) {
        edges.push({ id: `${header}→${column.first}`, source: header, target: column.first, type: 'bare', focusable: false });
        column.place(left + column.width / 2, y);
        left += column.width + SIDE;
      }
    },
  });

  const root = chain('root', null);
  root.place(0, 0);
  return { nodes, edges, width: root.width, height: root.height };
};
