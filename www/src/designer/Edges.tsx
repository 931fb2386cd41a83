import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath, getStraightPath } from '@xyflow/react';
import { Icon } from '../icons';
import { useAdd } from './add';
import { useReadOnly } from './run';

/** A line with the + that adds an operation. */
export const Plus = ({ id, sourceX, sourceY, targetX, targetY, data }: EdgeProps) => {
  const add = useAdd();
  const isReadOnly = useReadOnly();
  const [path, x, y] = getStraightPath({ sourceX, sourceY, targetX, targetY });
  return (
    <>
      <BaseEdge id={id} path={path} />
      {!isReadOnly && (
        <EdgeLabelRenderer>
          <button type="button" className="plus nodrag nopan" aria-label="Insert a new action" style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }} onClick={() => add(String(data?.graph), data?.after === null ? null : String(data?.after))}>
            <Icon name="add" size={14} />
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
