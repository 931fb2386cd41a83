import { useEffect, useState } from 'react';
import * as api from '../api';
import { Sign } from '../icons';

/** The pane behind "Edit": the connections in the flow, and those that it still holds though nothing uses them. */
export const Connections = ({ session, flow, close }: { session: api.Session; flow: api.Flow; close: () => void }) => {
  const [held, setHeld] = useState<api.Connection[] | string | null>(null);
  useEffect(() => {
    api.held(session, flow.name).then(({ value }) => setHeld(value), (error: Error) => setHeld(error.message));
  }, [session, flow]);
  const keys = usedKeys(flow.properties.definition);
  const used = new Set(Object.entries(flow.properties.connectionReferences).flatMap(([key, { connectionName }]) => (keys.has(key) && connectionName ? [connectionName] : [])));
  const remove = async (name: string) => {
    const { value } = await api.removeHeld(session, flow.name, name);
    setHeld(value);
  };
  const rows = (list: api.Connection[]) =>
    list.map((row) => (
      <div key={row.name} role="listitem" className="held" {...(session.rowsWithIds ? { 'data-automation-key': row.name } : {})}>
        <span className="sign" aria-hidden="true">
          {connector(row).slice(0, 1)}
        </span>
        <span className="grow">
          <b>{connector(row)}</b>
          <br />
          {row.properties.displayName}
        </span>
        <button type="button" className="quiet" aria-label={`Remove ${connector(row)}`} onClick={() => void remove(row.name)}>
          <Sign of="close" />
        </button>
      </div>
    ));
  return (
    <aside className="pane" role="dialog" aria-label="Connections">
      <header>
        <h2>Connections</h2>
        <button type="button" className="quiet" aria-label="Close" onClick={close}>
          <Sign of="close" />
        </button>
      </header>
      {held === null && <p role="status">Loading…</p>}
      {typeof held === 'string' && <p role="alert">{held}</p>}
      {Array.isArray(held) && (
        <>
          <h3>Embedded connections</h3>
          <div role="list">{rows(held.filter(({ name }) => used.has(name)))}</div>
          <h3>Connections not actively in use</h3>
          <div role="list">{rows(held.filter(({ name }) => !used.has(name)))}</div>
        </>
      )}
    </aside>
  );
};

const NAMES: Record<string, string> = { shared_office365: 'Office 365 Outlook', shared_sharepointonline: 'SharePoint', shared_teams: 'Microsoft Teams', shared_office365users: 'Office 365 Users', shared_approvals: 'Approvals', shared_onedriveforbusiness: 'OneDrive for Business', shared_excelonlinebusiness: 'Excel Online (Business)', shared_planner: 'Planner' };
const connector = ({ properties }: api.Connection) => NAMES[properties.apiId.split('/').at(-1) ?? ''] ?? properties.apiId;

/** The references that operations name. */
const usedKeys = (definition: api.Flow['properties']['definition']) => {
  const keys = new Set<string>();
  const walk = (operations: Record<string, api.RawOperation> | undefined) => {
    for (const operation of Object.values(operations ?? {})) {
      const key = operation.inputs?.host?.connectionName;
      if (key) keys.add(key);
      walk(operation.actions);
      walk(operation.else?.actions);
      for (const inner of Object.values(operation.cases ?? {})) walk(inner.actions);
      walk(operation.default?.actions);
    }
  };
  walk(definition.triggers);
  walk(definition.actions);
  return keys;
};
