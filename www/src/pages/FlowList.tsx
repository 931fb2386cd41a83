import { useEffect, useState } from 'react';
import * as api from '../api';
import { beside, type Route } from '../route';
import type { Flow, Session } from '../shapes';
import { Link } from './Link';

export const FlowList = ({ session, route }: { session: Session; route: Route }) => {
  const [flows, setFlows] = useState<Flow[] | string>([]);
  const to = beside(route);
  useEffect(() => {
    api.flows(session).then(setFlows, (error: Error) => setFlows(error.message));
  }, [session]);
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
                  <Link to={to.details(name)}>{properties.displayName}</Link>
                </td>
                <td>{properties.state === 'Started' ? 'On' : 'Off'}</td>
                <td>
                  <Link to={to.designer(name)}>Edit</Link> · <Link to={to.classic(name)}>Edit in classic designer</Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </main>
  );
};
