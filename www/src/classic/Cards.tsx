import { Icon } from '../icons';
import { useState } from 'react';
import type { Connection } from '../shapes';
import { look, title } from '../designer/looks';
import { Look } from '../designer/Look';
import type { Edit } from '../state/edit';
import type { State } from '../state/model';
import { Menu } from './Menu';

export interface Has {
  state: State;
  rows: Connection[];
  /** None: the flow may only be looked at. */
  edit: ((edit: Edit) => void) | null;
  /** Asks for a new connection of an operation's connector. */
  addConnection: (id: string) => void;
}

/** The cards of a graph, one under the other. */
export const Cards = ({ graph, ...has }: Has & { graph: string }) => (
  <div className="classic-cards">
    {(has.state.workflow.graphs[graph] ?? []).map((id) => (
      <Card key={id} id={id} {...has} />
    ))}
  </div>
);

const branchName = (state: State, graph: string) => {
  const kind = state.workflow.nodesMetadata[graph]?.subgraphType;
  if (kind === 'CONDITIONAL_TRUE') return 'If yes';
  if (kind === 'CONDITIONAL_FALSE') return 'If no';
  return kind === 'SWITCH_DEFAULT' ? 'Default' : graph.replaceAll('_', ' ');
};

/** A card. Collapsed, as all begin, it has no body: what it contains isn't in the document. */
const Card = ({ id, ...has }: Has & { id: string }) => {
  const { state, edit } = has;
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [isCode, setCode] = useState(false);
  const name = title(state, id);
  const inner = state.workflow.graphs[id];
  const isContainer = inner !== undefined;
  const isInner = (graph: string) => state.workflow.nodesMetadata[graph]?.subgraphType !== undefined;
  const rename = () => {
    if (typed !== null && typed.trim() !== '' && typed !== name) edit?.({ kind: 'rename', what: { node: id, name: typed } });
    setTyped(null);
  };
  return (
    <div className={isContainer ? 'msla-card msla-scope-card' : 'msla-card msla-card-fixed-width'}>
      <div className="msla-card-header" style={{ borderColor: look(state, id)[0] }}>
        {typed === null ? (
          <div className="msla-card-title-group" role="button" aria-label={name} aria-expanded={isOpen} tabIndex={0} onClick={() => setOpen(!isOpen)} onKeyDown={({ key }) => (key === 'Enter' || key === ' ') && setOpen(!isOpen)}>
            <span className="msla-card-header-logo">
              <Look state={state} id={id} />
            </span>
            <span className="msla-card-title msla-card-header-title">{name}</span>
          </div>
        ) : (
          <input aria-label="Title" value={typed} autoFocus onChange={({ target }) => setTyped(target.value)} onBlur={rename} onKeyDown={({ key }) => key === 'Enter' && rename()} />
        )}
        <Menu id={id} {...has} rename={() => setTyped(name)} peek={() => [setOpen(true), setCode(true)]} />
      </div>
      {isOpen && (
        <div className="msla-card-body">
          {isCode && (
            <div className="msla-peek">
              <button type="button" className="quiet" aria-label="Close code" onClick={() => setCode(false)}>
                <Icon name="close" />
              </button>
              <pre>{JSON.stringify(state.workflow.raw[id], null, 2)}</pre>
            </div>
          )}
          {!isContainer && <pre className="inputs">{JSON.stringify(state.workflow.raw[id]?.inputs ?? {}, null, 2)}</pre>}
          {inner && inner.some(isInner) ? (
            <div className="classic-branches">
              {inner.filter(isInner).map((graph) => (
                <section key={graph} className={`classic-branch ${state.workflow.nodesMetadata[graph]?.subgraphType?.toLowerCase()}`} aria-label={branchName(state, graph)}>
                  <h3>{branchName(state, graph)}</h3>
                  <Cards graph={graph} {...has} />
                </section>
              ))}
            </div>
          ) : (
            inner && <Cards graph={id} {...has} />
          )}
        </div>
      )}
    </div>
  );
};
