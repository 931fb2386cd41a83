import { Handle, type NodeProps, Position } from '@xyflow/react';
import { Health, Icon } from '../icons';
import { act, useAct, useDesigner } from '../state/store';
import { Look } from './Look';
import { look, title } from './looks';
import { useReadOnly, useStatus } from './run';
import { useAdd } from './add';

const Handles = () => (
  <>
    <Handle type="target" position={Position.Top} isConnectable={false} />
    <Handle type="source" position={Position.Bottom} isConnectable={false} />
  </>
);

const Sign = ({ id }: { id: string }) => {
  const state = useDesigner((state) => state);
  return <Look state={state} id={id} />;
};

const slug = (name: string) => name.replaceAll(/\W/g, '_').toLowerCase();

/** The + below what stands last in its graph; below a branch's header where the branch is empty. */
const End = ({ id, graph, after }: { id: string; graph?: string; after?: null }) => {
  const isReadOnly = useReadOnly();
  const add = useAdd();
  const own = useDesigner((state) => graph ?? state.workflow.nodesMetadata[id]?.graphId ?? 'root');
  const isLast = useDesigner((state) => (after === null ? (state.workflow.graphs[own] ?? []).length === 0 : state.workflow.graphs[own]?.at(-1) === id));
  if (!isLast || isReadOnly) return null;
  return (
    <button type="button" className="plus end nodrag nopan" aria-label="Insert a new action" onClick={() => add(own, after === null ? null : id)}>
      <Icon name="add" size={14} />
    </button>
  );
};

/** An operation's card. */
export const Card = ({ id }: NodeProps) => {
  const send = useAct();
  const name = useDesigner((state) => title(state, id));
  const status = useStatus(id);
  const isInvalid = useDesigner(({ connections }) => {
    const key = connections.connectionsMapping[id];
    const reference = key ? connections.connectionReferences[key] : undefined;
    return reference !== undefined && reference.connectionName === '' && reference.source !== 'Invoker';
  });
  const isSelected = useDesigner((state) => state.panel.selected === id && state.panel.mode !== null);
  return (
    <>
      <div
        id={`msla-node-${id}`}
        className={isSelected ? 'card selected' : 'card'}
        data-automation-id={`card-${slug(name)}`}
        role="button"
        tabIndex={0}
        aria-label={`${name} operation`}
        onClick={() => send(act.selectNode(id))}
        onKeyDown={({ key }) => (key === 'Enter' || key === ' ') && send(act.selectNode(id))}
      >
        <Sign id={id} />
        <span className="card-title">{name}</span>
        {isInvalid && <Health works={false} label="Invalid connection" />}
        {status && <Health works={status === 'Succeeded'} label={status} />}
      </div>
      <End id={id} />
      <Handles />
    </>
  );
};

const Chevron = ({ graph, name }: { graph: string; name: string }) => {
  const send = useAct();
  const isCollapsed = useDesigner((state) => state.workflow.collapsedGraphIds[graph] === true);
  return (
    <button
      type="button"
      className="chevron nodrag"
      aria-label={`${isCollapsed ? 'Expand' : 'Collapse'} ${name}`}
      aria-expanded={!isCollapsed}
      onClick={(event) => {
        event.stopPropagation();
        send(act.toggle(graph));
      }}
    >
      <Icon name={isCollapsed ? 'chevronRight' : 'chevronDown'} />
    </button>
  );
};

/** The header of what contains others. */
export const Scope = ({ data }: NodeProps) => {
  const send = useAct();
  const id = String(data.id);
  const name = useDesigner((state) => title(state, id));
  const colour = useDesigner((state) => look(state, id)[0]);
  const isCollapsed = useDesigner((state) => state.workflow.collapsedGraphIds[id] === true);
  return (
    <>
      <div id={`msla-node-${id}`} className="scope" style={{ background: colour }} data-automation-id={`card-${slug(name)}`} role="button" tabIndex={0} onClick={() => send(act.selectNode(id))}>
        <Sign id={id} />
        <span className="card-title">{name}</span>
        <Chevron graph={id} name={name} />
      </div>
      {isCollapsed && <End id={id} />}
      <Handles />
    </>
  );
};

/** The header of a branch. */
export const Branch = ({ data }: NodeProps) => {
  const graph = String(data.id);
  const kind = useDesigner((state) => state.workflow.nodesMetadata[graph]?.subgraphType);
  const isCollapsed = useDesigner((state) => state.workflow.collapsedGraphIds[graph] === true);
  const name = kind === 'CONDITIONAL_TRUE' ? 'True' : kind === 'CONDITIONAL_FALSE' ? 'False' : kind === 'SWITCH_DEFAULT' ? 'Default' : graph.replaceAll('_', ' ');
  return (
    <>
      <div className={`branch ${kind?.toLowerCase() ?? ''}`}>
        <span className="card-title">{name}</span>
        <Chevron graph={graph} name={name} />
      </div>
      {!isCollapsed && <End id={graph} graph={graph} after={null} />}
      <Handles />
    </>
  );
};

/** The frame around what a scope or branch contains. */
export const Graph = ({ id }: NodeProps) => {
  const isBranch = useDesigner((state) => state.workflow.nodesMetadata[id]?.subgraphType !== undefined);
  return (
    <>
      <div className="frame" />
      {!isBranch && <End id={id} />}
      <Handles />
    </>
  );
};
