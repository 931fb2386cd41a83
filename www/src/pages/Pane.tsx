import { useCallback, useEffect, useRef, useState } from 'react';
import * as api from '../api';
import { Health, Icon } from '../icons';
import { keyOf } from '../state/key';
import type { Connection, Flow, LogicalReference, Permission, RawOperation, Session } from '../shapes';

/** What a row of the pane tells. A connection that may not be seen has only its connector's name. */
interface Row {
  connection: string;
  connector: string;
  account: string;
  status: string;
}

const usedKeys = ({ definition }: Flow['properties']) => {
  const keys = new Set<string>();
  const walk = (operations: Record<string, RawOperation> | undefined) => {
    for (const operation of Object.values(operations ?? {})) {
      const key = keyOf(operation);
      if (key) keys.add(key);
      walk(operation.actions);
      walk(operation.else?.actions);
      walk(operation.default?.actions);
      for (const { actions } of Object.values(operation.cases ?? {})) walk(actions);
    }
  };
  walk(definition.triggers);
  walk(definition.actions);
  return keys;
};

/** Embedded connections, and those that nothing uses any more. */
const sorted = (flow: Flow, listed: Connection[], pane: Session['pane'], logical: LogicalReference[]) => {
  const { connectionReferences, installedConnectionReferences } = flow.properties;
  const used = usedKeys(flow.properties);
  const behind = ({ connectionName, connectionReferenceLogicalName: name }: Flow['properties']['connectionReferences'][string]) =>
    name ? (logical.find((row) => row.connectionreferencelogicalname === name)?.connectionid ?? null) : connectionName;
  const row = (connection: string, api: string, displayName?: string): Row => {
    const found = listed.find(({ name }) => name === connection);
    const connector = displayName ?? Object.values(connectionReferences).find(({ id }) => id === api)?.displayName ?? api.split('/').at(-1) ?? '';
    return { connection, connector, account: found?.properties.displayName ?? '', status: found?.properties.statuses?.[0]?.status ?? '' };
  };
  const embedded = new Map<string, Row>();
  const others = new Map<string, Row>();
  for (const [key, reference] of Object.entries({ ...installedConnectionReferences, ...connectionReferences })) {
    const connection = behind(reference);
    if (connection && used.has(key)) embedded.set(connection, row(connection, reference.id, reference.displayName));
    else if (connection) others.set(connection, row(connection, reference.id, reference.displayName));
  }
  // The picker's list holds everything the person owns: it tells nothing of what hangs on this flow.
  if (pane === 'ownList') for (const { name, properties } of listed) others.set(name, row(name, properties.apiId));
  for (const connection of embedded.keys()) others.delete(connection);
  return { embedded: [...embedded.values()], others: [...others.values()] };
};

/** The pane behind "Edit": owners, embedded connections, connections not actively in use. */
export const Pane = ({ session, id, owners, logical, changed, close }: { session: Session; id: string; owners: Permission[]; logical: LogicalReference[]; changed: () => void; close: () => void }) => {
  const [flow, setFlow] = useState<Flow | null>(null);
  const [listed, setListed] = useState<Connection[] | null>(null);
  const [trouble, setTrouble] = useState('');
  const [asked, setAsked] = useState<Row | null>(null);
  const load = useCallback(async () => {
    try {
      const ask = { ownList: api.paneConnections, picker: api.connections, flowOnly: async () => [] }[session.pane];
      const [read, rows] = await Promise.all([api.flow(session, id), ask(session, id), api.users(session, id)]);
      setFlow(read);
      setListed(rows);
      setTrouble('');
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : 'The connections could not be loaded.');
    }
  }, [session, id]);
  useEffect(() => void load(), [load]);
  const { embedded, others } = flow && listed ? sorted(flow, listed, session.pane, logical) : { embedded: [], others: [] };
  const remove = async (row: Row) => {
    setAsked(null);
    try {
      await api.detach(session, id, row.connection);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : 'The connection could not be removed.');
      return;
    }
    await load();
    changed();
  };
  const removeOwner = async (owner: string) => {
    await api.removeOwner(session, id, owner);
    changed();
  };
  const rows = (list: Row[], isUsed: boolean) => (
    <ul className="rows">
      {list.map((row) => (
        <li key={row.connection}>
          {row.status && <Health works={row.status === 'Connected'} label={row.status} />}
          <span>
            {row.connector}
            <small>{row.account || 'Connection of somebody else'}</small>
          </span>
          <button type="button" className="quiet" aria-label={`Remove ${row.connector} ${row.account}`} onClick={() => (isUsed ? setAsked(row) : void remove(row))}>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
  return (
    <aside className="side pane" aria-label="Owners and connections">
      <header>
        <h2>Owners and connections</h2>
        <button type="button" className="quiet" aria-label="Close panel" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <h3>Owners</h3>
      <p>Owners have full control of this flow.</p>
      <ul className="rows">
        {owners.map(({ name, properties }) => (
          <li key={name}>
            <span>
              {properties.principal.id}
              <small>{properties.roleName}</small>
            </span>
            {properties.roleName !== 'Owner' && (
              <button type="button" className="quiet" aria-label={`Remove owner ${properties.principal.id}`} onClick={() => void removeOwner(name)}>
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {trouble !== '' && (
        <p className="bad" role="alert">
          {trouble}{' '}
          <button type="button" className="link" onClick={() => void load()}>
            Try again
          </button>
        </p>
      )}
      {!trouble && !(flow && listed) && <p role="status">Loading connections…</p>}
      <h3>Embedded connections</h3>
      <p>All owners of this flow use these connections.</p>
      {rows(embedded, true)}
      <h3>Connections not actively in use</h3>
      <p>These connections were used in the flow and can be used in it again.</p>
      {rows(others, false)}
      {asked && <Ask row={asked} remove={() => void remove(asked)} cancel={() => setAsked(null)} />}
    </aside>
  );
};

const Ask = ({ row, remove, cancel }: { row: Row; remove: () => void; cancel: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-label="Remove connection" onCancel={cancel}>
      <h2>Remove connection?</h2>
      <p>
        Actions of this flow use {row.connector} {row.account && `(${row.account})`}. The flow won't run until you choose another connection for them.
      </p>
      <button type="button" className="primary" onClick={remove}>
        Remove
      </button>{' '}
      <button type="button" className="plain" onClick={cancel}>
        Cancel
      </button>
    </dialog>
  );
};
