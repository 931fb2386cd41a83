import { useEffect, useState } from 'react';
import * as api from '../api';

/** A run: what happened, not what is. */
export const Run = ({ session, id }: { session: api.Session; id: string }) => {
  const [flow, setFlow] = useState<api.Flow | string | null>(null);
  useEffect(() => {
    api.flow(session, id).then(setFlow, (error: Error) => setFlow(error.message));
  }, [session, id]);
  if (flow === null) return <p className="loading" role="status">Loading the run…</p>;
  if (typeof flow === 'string') return <p className="message" role="alert">{flow}</p>;
  return (
    <main className="page">
      <h1>{flow.properties.displayName}</h1>
      <p>Your flow ran successfully.</p>
    </main>
  );
};
