import { useState } from 'react';
import { SignIn } from '../pages/SignIn';
import type { Connection, Session } from '../shapes';
import { Health, Icon } from '../icons';
import { act, useAct, useDesigner } from '../state/store';
import { look, title } from './looks';
import { useReadOnly } from './run';

const Close = () => {
  const send = useAct();
  return (
    <button type="button" className="quiet" aria-label="Close panel" onClick={() => send(act.panel({ selected: null, mode: null }))}>
      <Icon name="close" />
    </button>
  );
};

const account = (row: Connection | undefined) => row?.properties.accountName ?? row?.properties.displayName;

const Connected = ({ id, load }: { id: string; load: () => void }) => {
  const send = useAct();
  const isReadOnly = useReadOnly();
  const key = useDesigner((state) => state.connections.connectionsMapping[id]);
  const reference = useDesigner((state) => (key ? state.connections.connectionReferences[key] : undefined));
  const row = useDesigner((state) => state.picker.rows.find(({ name }) => name === reference?.connectionName));
  if (key === undefined) return null;
  const change = () => {
    load();
    send(act.panel({ selected: id, mode: 'connection' }));
  };
  const said = reference?.source === 'Invoker' ? 'Provided by the run-only user.' : row ? `Connected to ${account(row)}.` : reference?.connectionName ? 'Connected.' : 'Not connected.';
  return (
    <div className="connection-display">
      <div className="connection-info-labels">
        <Icon name="link" /> {said}
      </div>
      {!isReadOnly && (
        <button type="button" id="change-connection-button" className="link" onClick={change}>
          Change connection
        </button>
      )}
    </div>
  );
};

const Details = ({ id, load }: { id: string; load: () => void }) => {
  const send = useAct();
  const name = useDesigner((state) => title(state, id));
  const colour = useDesigner((state) => look(state, id)[0]);
  const raw = useDesigner((state) => state.workflow.raw[id]);
  const isReadOnly = useReadOnly();
  const [typed, setTyped] = useState<string | null>(null);
  const rename = () => {
    if (typed !== null && typed.trim() !== '' && typed !== name) send(act.edit({ kind: 'rename', what: { node: id, name: typed } }));
    setTyped(null);
  };
  return (
    <aside id={`msla-node-details-panel-${id}`} className="side" aria-label={`${name} details`}>
      <header>
        <span className="sign" style={{ background: colour }} aria-hidden="true" />
        <input aria-label="Operation name" readOnly={isReadOnly} value={typed ?? name} onChange={({ target }) => setTyped(target.value)} onBlur={rename} onKeyDown={({ key }) => key === 'Enter' && rename()} />
        {!isReadOnly && (
          <button type="button" className="quiet" aria-label="Delete" onClick={() => [send(act.panel({ selected: null, mode: null })), send(act.edit({ kind: 'remove', what: { node: id } }))]}>
            <Icon name="trash" />
          </button>
        )}
        <Close />
      </header>
      <div className="tabs" aria-hidden="true">
        <b>Parameters</b> <span>Settings</span> <span>Code view</span> <span>About</span>
      </div>
      <pre className="inputs">{JSON.stringify(raw?.inputs ?? {}, null, 1)}</pre>
      <Connected id={id} load={load} />
    </aside>
  );
};

/** The connections of the operation's connector, to pick one. */
const Change = ({ id, session }: { id: string; session: Session }) => {
  const send = useAct();
  const [isSigning, setSigning] = useState(false);
  const name = useDesigner((state) => title(state, id));
  const api = useDesigner((state) => state.operations.operationInfo[id]?.connectorId);
  const now = useDesigner((state) => state.connections.connectionReferences[state.connections.connectionsMapping[id] ?? '']?.connectionName);
  const picker = useDesigner((state) => state.picker);
  const rows = picker.rows.filter((row) => row.properties.apiId === api);
  const pick = (row: Connection) => {
    send(act.edit({ kind: 'rebind', what: { node: id, row } }));
    send(act.panel({ selected: id, mode: 'details' }));
  };
  return (
    <aside className="side" aria-label="Change connection">
      <header>
        <h2>Change connection</h2>
        <Close />
      </header>
      <p>
        <b>{name}</b>
      </p>
      <p>Select an existing connection or create a new one</p>
      {picker.state === 'loading' && <p role="status">Loading connections…</p>}
      {picker.state === 'failed' && <p role="alert">The connections could not be loaded.</p>}
      <table>
        <thead>
          <tr>
            <th />
            <th>Status</th>
            <th>Display name</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className={row.name === now ? 'current' : ''}>
              <td>
                <input type="radio" name="connection" aria-label={row.properties.displayName} checked={row.name === now} onChange={() => pick(row)} />
              </td>
              <td><Health works={row.properties.statuses?.[0]?.status === 'Connected'} label={row.properties.statuses?.[0]?.status ?? 'Unknown'} /></td>
              <td>{row.properties.displayName}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer>
        <button type="button" onClick={() => setSigning(true)}>
          Add new
        </button>{' '}
        <button type="button" onClick={() => send(act.panel({ selected: id, mode: 'details' }))}>
          Cancel
        </button>
      </footer>
      {isSigning && (
        <SignIn
          session={session}
          connector={api ?? ''}
          cancel={() => setSigning(false)}
          done={(row) => {
            send(act.picker({ rows: [...picker.rows, row], state: 'ready' }));
            pick(row);
          }}
        />
      )}
    </aside>
  );
};

const Search = () => {
  const send = useAct();
  const [typed, setTyped] = useState('');
  const state = useDesigner((state) => state);
  const ids = Object.keys(state.operations.operationInfo).filter((id) => title(state, id).toLowerCase().includes(typed.toLowerCase()));
  const show = (id: string) => {
    send(act.showNode(id));
    send(act.selectNode(id));
    setTimeout(() => send(act.focusNode(id)), 100);
  };
  return (
    <aside className="side" aria-label="Search">
      <header>
        <input type="search" aria-label="Search for operations" placeholder="Search for operations" value={typed} onChange={({ target }) => setTyped(target.value)} />
        <Close />
      </header>
      <ul className="results">
        {ids.map((id) => (
          <li key={id}>
            <button type="button" data-automation-id={`msla-op-search-result-${id.replaceAll(/\W/g, '_').toLowerCase()}`} onClick={() => show(id)}>
              {title(state, id)}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
};

export const Panels = ({ session, load }: { session: Session; load: () => void }) => {
  const { selected, mode } = useDesigner((state) => state.panel);
  const isThere = useDesigner((state) => selected !== null && selected in state.workflow.nodesMetadata);
  if (mode === 'search') return <Search />;
  if (selected === null || !isThere) return null;
  return mode === 'connection' ? <Change id={selected} session={session} /> : <Details key={selected} id={selected} load={load} />;
};
