import { Background, BackgroundVariant, ReactFlow, type ReactFlowInstance, useReactFlow } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { useDesigner } from '../state/store';
import { Bare, Plus } from './Edges';
import { layout } from './layout';
import { Branch, Card, Graph, Scope } from './Nodes';

const nodeTypes = { card: Card, scope: Scope, branch: Branch, graph: Graph };
const edgeTypes = { plus: Plus, bare: Bare };

/** The largest flow still begins readable; the smallest isn't blown up. */
const LEAST_ZOOM = 0.62;

export const Canvas = () => {
  const workflow = useDesigner((state) => state.workflow);
  const { nodesMetadata, graphs, collapsedGraphIds, focus } = workflow;
  // Only what the layout depends on: a rename or a new connection moves nothing.
  const laid = useMemo(() => layout(workflow), [nodesMetadata, graphs, collapsedGraphIds]);
  const { setCenter, getZoom } = useReactFlow();

  useEffect(() => {
    if (!focus) return;
    const node = laid.nodes.find(({ id }) => id === focus.id) ?? laid.nodes.find(({ id }) => id === `${focus.id}-#scope`);
    if (node) setCenter(node.position.x + (node.width ?? 0) / 2, node.position.y + (node.height ?? 0) / 2, { zoom: Math.max(getZoom(), 0.8), duration: 200 });
    // Each focusing counts once, not each new layout.
  }, [focus]);

  const begin = (flow: ReactFlowInstance) => {
    const { clientWidth: width, clientHeight: height } = document.querySelector('.react-flow') ?? document.body;
    const zoom = Math.max(LEAST_ZOOM, Math.min(1, (width - 160) / laid.width, (height - 120) / laid.height));
    flow.setViewport({ x: width / 2, y: 40, zoom });
  };

  return (
    <ReactFlow
      nodes={laid.nodes}
      edges={laid.edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onInit={begin}
      onlyRenderVisibleElements
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      zoomOnDoubleClick={false}
      deleteKeyCode={null}
      minZoom={0.05}
      maxZoom={2}
      proOptions={{ hideAttribution: false }}
      colorMode="system"
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
    </ReactFlow>
  );
};
