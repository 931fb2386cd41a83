import { useCallback, useEffect, useState } from 'react';
import * as api from '../api';
import { Sign } from '../icons';
import { go } from '../route';
import { load, tables, unload } from '../state/load';
import { act, store, useAct, useDesigner } from '../state/store';
import { look, title } from '../designer/looks';
import './classic.css';

/** The classic designer: one column of cards that open on a press, and no ids in them. Its state is in no store that a page's script finds. */
export const Classic = ({ session, id }: { session: api.Session; id: string }) => {
  const send = useAct();
  const [state, setState] = useState<'loading' | 'ready' | { refused: string }>('loading');
  const [rows, setRows] = useState<api.Connection[]>([]);
  const [note, setNote] = useState('');
  const open = useCallback(async () => {
    try {
      const flow = await api.flow(session, id);
      send(act.opened(load(flow)));
      send(act.bound(tables(flow)));
      setState('ready');
      setRows(await api.connections(session, id));
    } catch (error) {
      setState({ refused: error instanceof Error ? error.message : 'The flow could not be loaded.' });
    }
  }, [session, id, send]);
  useEffect(() => {
    void open();
  }, [open]);
  const isDirty = useDesigner((state) => state.workflow.isDirty);
  const name = useDesigner((state) => state.workflow.displayName);
  const save = async () => {
    const { definition, connectionReferences } = unload(store.getState());
    await api.save(session, id, { definition, connectionReferences });
    send(act.saved(connectionReferences));
    setNote('Your flow is ready to go.');
  };
  if (state === 'loading') return <p className="loading" role="status">Loading the flow…</p>;
  if (state !== 'ready') return <p className="message" role="alert">{state.refused}</p>;
  return (
    <div className="classic">
      <div className="commands" role="toolbar" aria-label="Designer">
        <button type="button" aria-label="Back" onClick={() => go(`/environments/${session.environment.name}/flows/${id}/details`)}>
          <Sign of="back" />
        </button>
        <h1>{name}</h1>
        <span className="spring" />
        <button type="button" className="primary" aria-label="Save" disabled={!isDirty} onClick={() => void save()}>
          Save
        </button>
      </div>
      {note !== '' && <p role="status">{note}</p>}
      <div className="msla-designer">
        <Graph id="root" rows={rows} />
      </div>
    </div>
  );
};

const Graph = ({ id, rows }: { id: string; rows: api.Connection[] }) => {
  const nodes = useDesigner((state) => state.workflow.graphs[id] ?? []);
  return (
    <div className="msla-graph">
      {nodes.map((node) => (
        <Card key={node} id={node} rows={rows} />
      ))}
    </div>
  );
};

const Card = ({ id, rows }: { id: string; rows: api.Connection[] }) => {
  const send = useAct();
  const name = useDesigner((state) => title(state, id));
  const colour = useDesigner((state) => look(state, id)[0]);
  const graph = useDesigner((state) => state.workflow.graphs[id]);
  const subgraph = useDesigner((state) => state.workflow.nodesMetadata[id]?.subgraphType);
  const [isOpen, setOpen] = useState(false);
  const [hasMenu, setMenu] = useState(false);
  // A branch is a frame with a caption, not a card.
  if (subgraph) {
    return (
      <div className="msla-branch">
        <p>{subgraph === 'CONDITIONAL_TRUE' ? 'If yes' : subgraph === 'CONDITIONAL_FALSE' ? 'If no' : name}</p>
        <Graph id={id} rows={rows} />
      </div>
    );
  }
  return (
    <div className="msla-card">
      <div className="msla-card-header" style={{ borderColor: colour }}>
        <div
          className="msla-card-title-group"
          role="button"
          tabIndex={0}
          aria-label={name}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          onKeyDown={({ key }) => (key === 'Enter' || key === ' ') && setOpen(!isOpen)}
        >
          <span className="msla-card-title">{name}</span>
        </div>
        <button type="button" className="quiet" aria-label={`Menu for ${name}`} aria-expanded={hasMenu} onClick={() => setMenu(!hasMenu)}>
          <Sign of="dots" />
        </button>
      </div>
      {hasMenu && <Menu id={id} rows={rows} send={(row) => (setMenu(false), send(act.edit({ kind: 'rebind', what: { node: id, row } })))} />}
      {isOpen && (graph ? <Graph id={id} rows={rows} /> : <p className="msla-card-body">Parameters</p>)}
    </div>
  );
};

/** The card's menu; at its bottom the connections, often the same account many times. */
const Menu = ({ id, rows, send }: { id: string; rows: api.Connection[]; send: (row: api.Connection) => void }) => {
  const connector = useDesigner((state) => state.operations.operationInfo[id]?.connectorId);
  const now = useDesigner((state) => state.connections.connectionReferences[state.connections.connectionsMapping[id] ?? '']?.connectionName);
  const mine = rows.filter(({ properties }) => properties.apiId === connector);
  return (
    <div className="msla-menu" role="menu">
      <button type="button" role="menuitem" disabled>
        Rename
      </button>
      <button type="button" role="menuitem" disabled>
        Delete
      </button>
      <p>My connections</p>
      {mine.map((row) => (
        <button key={row.name} type="button" role="menuitemradio" aria-checked={row.name === now} onClick={() => send(row)}>
          {row.properties.displayName}
        </button>
      ))}
    </div>
  );
};
