import { useEffect, useState } from 'react';
import * as api from '../api';
import { Sign } from '../icons';
import { Connections } from './Connections';
import { Link } from './Link';

/** A flow's own page: its owners, and the connectors it is connected to. */
export const Details = ({ session, id }: { session: api.Session; id: string }) => {
  const [flow, setFlow] = useState<api.Flow | string | null>(null);
  const [hasPane, setPane] = useState(false);
  const [owners, setOwners] = useState<string[]>([]);
  useEffect(() => {
    setFlow(null);
    api.flow(session, id).then(setFlow, (error: Error) => setFlow(error.message));
    api.permissions(session, id).then(({ value }) => setOwners(value.map(({ properties }) => properties.principal.id)), () => setOwners([]));
  }, [session, id]);
  if (flow === null) return <p className="loading" role="status">Loading the flow…</p>;
  if (typeof flow === 'string') return <p className="message" role="alert">{flow}</p>;
  const { displayName, state, connectionReferences } = flow.properties;
  const names = [...new Set(Object.values(connectionReferences).map((reference) => reference.displayName ?? reference.id))];
  return (
    <main className="page">
      <h1>{displayName}</h1>
      <p>
        <Link to={`/environments/${session.environment.name}/flows/${id}?v3=true`}><Sign of="edit" /> Edit</Link>
      </p>
      <div className="cards">
        <section>
          <h2>Details</h2>
          <dl>
            <dt>Flow</dt>
            <dd>{displayName}</dd>
            <dt>Status</dt>
            <dd>{state === 'Started' ? 'On' : 'Off'}</dd>
          </dl>
        </section>
        <section>
          <h2>Connections</h2>
          <button type="button" className="quiet" aria-label="Edit connections" onClick={() => setPane(true)}>
            Edit
          </button>
          <ul>
            {names.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </section>
        <section>
          <h2>Owners</h2>
          <ul>
            {owners.map((owner) => (
              <li key={owner}>{owner}</li>
            ))}
          </ul>
        </section>
      </div>
      {hasPane && <Connections session={session} flow={flow} close={() => setPane(false)} />}
    </main>
  );
};
