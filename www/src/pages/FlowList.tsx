import { useEffect, useState } from 'react';
import * as api from '../api';
import { Link } from './Link';

export const FlowList = ({ session }: { session: api.Session }) => {
  const [flows, setFlows] = useState<api.Flow[] | string>([]);
  useEffect(() => {
    api.flows(session).then(({ value }) => setFlows(value), (error: Error) => setFlows(error.message));
  }, [session]);
  const base = `/environments/${session.environment.name}/flows`;
  return (
    <main className="page">
      <h1>Flows</h1>
      {typeof flows === 'string' ? (
        <p role="alert">{flows}</p>
      ) : (
        <table className="list">
          <thead>
            <tr>
              <th>Name</th>
              <th>Status</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {flows.map(({ name, properties }) => (
              <tr key={name}>
                <td>
                  <Link to={`${base}/${name}/details`}>{properties.displayName}</Link>
                </td>
                <td>{properties.state === 'Started' ? 'On' : 'Off'}</td>
                <td>
                  <Link to={`${base}/${name}?v3=true`}>Edit</Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </main>
  );
};
