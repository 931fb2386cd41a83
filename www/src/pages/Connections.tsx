import { useCallback, useEffect, useState } from 'react';
import * as api from '../api';
import { Health, Icon } from '../icons';
import type { Connection, Session } from '../shapes';

/** The signed-in person's own connections. A list that comes empty may be that of a service just woken up: it is asked for again by hand. */
export const Connections = ({ session }: { session: Session }) => {
  const [rows, setRows] = useState<Connection[] | string | null>(null);
  const load = useCallback(() => {
    setRows(null);
    api.ownConnections(session).then(setRows, (error: Error) => setRows(error.message));
  }, [session]);
  useEffect(load, [load]);
  const remove = async (row: Connection) => {
    await api.removeConnection(session, row);
    load();
  };
  return (
    <main className="page">
      <h1>Connections in {session.environment.displayName}</h1>
      <p>
        <button type="button" className="plain" onClick={load}>
          <Icon name="loop" /> Refresh
        </button>
      </p>
      {rows === null && <p role="status">Loading connections…</p>}
      {typeof rows === 'string' && <p role="alert">{rows}</p>}
      {Array.isArray(rows) && rows.length === 0 && <p>You don't have any connections here.</p>}
      {Array.isArray(rows) && rows.length > 0 && (
        <table className="list">
          <thead>
            <tr>
              <th>Name</th>
              <th>Modified</th>
              <th>Status</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const { apiId, displayName, statuses, lastModifiedTime } = row.properties;
              const status = statuses?.[0]?.status ?? 'Unknown';
              return (
                <tr key={row.name}>
                  <td>
                    {displayName}
                    <small>{apiId.split('/').at(-1)}</small>
                  </td>
                  <td>{lastModifiedTime?.slice(0, 10)}</td>
                  <td>
                    <Health works={status === 'Connected'} label={status} /> {status}
                  </td>
                  <td>
                    <button type="button" className="quiet" aria-label={`Delete ${displayName}`} onClick={() => void remove(row)}>
                      <Icon name="trash" />
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </main>
  );
};
