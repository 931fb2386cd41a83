import { useCallback, useEffect, useState } from 'react';
import * as api from '../api';
import { Icon } from '../icons';
import { beside, go, type Route } from '../route';
import type { Flow, LogicalReference, Permission, Run, Session } from '../shapes';
import { Link } from './Link';
import { Pane } from './Pane';

/** A flow's own page: what it is, who owns it, what it is connected to, how it ran. */
export const Details = ({ session, route }: { session: Session; route: Route }) => {
  const id = route.flow;
  const to = beside(route);
  const [flow, setFlow] = useState<Flow | string | null>(null);
  const [owners, setOwners] = useState<Permission[]>([]);
  const [runs, setRuns] = useState<Run[]>([]);
  const [logical, setLogical] = useState<LogicalReference[]>([]);
  const [hasPane, setPane] = useState(false);

  const load = useCallback(async () => {
    try {
      const read = await api.flow(session, id);
      setFlow(read);
      const names = Object.values(read.properties.connectionReferences).flatMap(({ connectionReferenceLogicalName: name }) => name ?? []);
      if (names.length > 0) {
        setLogical(await api.logicalReferences(session, names));
        if (read.properties.workflowEntityId) await api.workflowRow(session, read.properties.workflowEntityId);
      }
    } catch (error) {
      setFlow((before) => (before && typeof before !== 'string' ? before : error instanceof Error ? error.message : 'The flow could not be loaded.'));
    }
  }, [session, id]);
  const loadOwners = useCallback(() => {
    api.permissions(session, id).then(setOwners, () => setOwners([]));
  }, [session, id]);

  useEffect(() => {
    void load();
    loadOwners();
    api.runs(session, id).then(setRuns, () => setRuns([]));
  }, [session, id, load, loadOwners]);

  if (flow === null) return <p className="loading" role="status">Loading the flow…</p>;
  if (typeof flow === 'string') return <p className="message" role="alert">{flow}</p>;
  const { displayName, state, connectionReferences, createdTime, lastModifiedTime, userType, creator } = flow.properties;
  const references = Object.entries(connectionReferences);
  const isBroken = references.some(([, { connectionName, source, connectionReferenceLogicalName: name }]) => !connectionName && !name && source !== 'Invoker');
  const mayEdit = userType !== 'User';
  const remove = async () => {
    await api.remove(session, id);
    go(to.list);
  };
  return (
    <main className="page details">
      <div className="commands" role="toolbar" aria-label="Flow">
        {mayEdit && (
          <>
            <Link to={to.designer(id)}>
              <Icon name="edit" /> Edit
            </Link>
            <Link to={to.classic(id)}>
              <Icon name="edit" /> Edit in classic designer
            </Link>
            <button type="button" onClick={() => void remove()}>
              <Icon name="trash" /> Delete
            </button>
          </>
        )}
        <button type="button" disabled>
          <Icon name="play" /> Run
        </button>
      </div>
      {isBroken && (
        <p className="bad" role="alert">
          <Icon name="warning" /> Some connections in this flow need fixing. Edit the flow and choose a connection for every action.
        </p>
      )}
      <h1>
        Flows / <b>{displayName}</b>
      </h1>
      <div className="columns">
        <div>
          <section className="box">
            <h2>Details</h2>
            <dl>
              <dt>Flow</dt>
              <dd>{displayName}</dd>
              <dt>Owner</dt>
              <dd>{creator?.objectId}</dd>
              <dt>Status</dt>
              <dd>{state === 'Started' ? 'On' : 'Off'}</dd>
              <dt>Created</dt>
              <dd>{createdTime?.slice(0, 10)}</dd>
              <dt>Modified</dt>
              <dd>{lastModifiedTime?.slice(0, 10)}</dd>
            </dl>
          </section>
          <section className="box">
            <h2>28-day run history</h2>
            <ul>
              {runs.map(({ name, properties }) => (
                <li key={name}>
                  <Link to={to.run(id, name)}>{properties.startTime.replace('T', ' ').replace('Z', '')}</Link> {properties.status}
                </li>
              ))}
            </ul>
          </section>
        </div>
        <div>
          <section className="box" aria-label="Connections">
            <h2>
              {logical.length > 0 ? 'Connection references' : 'Connections'}
              {mayEdit && (
                <button type="button" className="link" aria-label="Edit connections" onClick={() => setPane(true)}>
                  Edit
                </button>
              )}
            </h2>
            <ul>
              {references.map(([key, { displayName, id, connectionReferenceLogicalName }]) => (
                <li key={key}>{logical.find((row) => row.connectionreferencelogicalname === connectionReferenceLogicalName)?.connectionreferencedisplayname ?? displayName ?? id}</li>
              ))}
            </ul>
          </section>
          <section className="box" aria-label="Owners">
            <h2>Owners</h2>
            <ul>
              {owners.map(({ name, properties }) => (
                <li key={name}>
                  {properties.principal.id} <small>{properties.roleName}</small>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
      {hasPane && <Pane session={session} id={id} owners={owners} logical={logical} changed={() => [void load(), loadOwners()]} close={() => [setPane(false), void load()]} />}
    </main>
  );
};
