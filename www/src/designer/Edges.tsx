import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath, getStraightPath } from '@xyflow/react';
import { useReadOnly } from './run';
import { act, store, useAct } from '../state/store';

/** A line with the + that adds an operation. */
export const Plus = ({ id, sourceX, sourceY, targetX, targetY, data }: EdgeProps) => {
  const send = useAct();
  const isReadOnly = useReadOnly();
  const [path, x, y] = getStraightPath({ sourceX, sourceY, targetX, targetY });
  const add = () => {
    const mine = store.getState().picker.rows.find((row) => row.properties.apiId.endsWith('/shared_office365') && row.properties.statuses?.[0]?.status === 'Connected');
    send(act.edit({ kind: 'add', what: { graph: String(data?.graph), after: data?.after === null ? null : String(data?.after), mine } }));
  };
  return (
    <>
      <BaseEdge id={id} path={path} />
      {!isReadOnly && (
        <EdgeLabelRenderer>
          <button type="button" className="plus nodrag nopan" aria-label="Insert a new action" style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }} onClick={add}>
            +
          </button>
        </EdgeLabelRenderer>
      )}
    </>
  );
};

export const Bare = ({ id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }: EdgeProps) => {
  const [path] = getSmoothStepPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, borderRadius: 16 });
  return <BaseEdge id={id} path={path} />;
};
