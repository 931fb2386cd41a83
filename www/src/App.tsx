import { useEffect, useState } from 'react';
import * as api from './api';
import { Classic } from './classic/Classic';
import { Designer } from './designer/Designer';
import { Details } from './pages/Details';
import { FlowList } from './pages/FlowList';
import { Link } from './pages/Link';
import { Run } from './pages/Run';
import { Sign } from './icons';
import { Host } from './pages/Host';
import { go, parse, usePath } from './route';

export const App = () => {
  const [session, setSession] = useState<api.Session | string | null>(null);
  const path = usePath();
  useEffect(() => {
    api.session().then(setSession, (error: Error) => setSession(error.message));
  }, []);
  useEffect(() => {
    if (session && typeof session !== 'string' && path === '/') go(`/environments/${session.environment.name}/flows/${session.main}?v3=true`);
  }, [session, path]);
  if (session === null) return <p className="loading">Practice portal…</p>;
  if (typeof session === 'string') return <p className="message" role="alert">{session}</p>;
  const { view, flow, isWidget } = parse(path);
  const page = (
    <>
      {view === 'list' && <FlowList session={session} />}
      {view === 'details' && <Details session={session} id={flow} />}
      {view === 'designer' && <Designer key={`${session.scenario} ${flow}`} session={session} id={flow} />}
      {view === 'classic' && <Classic key={`${session.scenario} ${flow}`} session={session} id={flow} />}
      {view === 'host' && <Host session={session} id={flow} />}
      {view === 'run' && <Run session={session} id={flow} />}
      {view === 'new' && <p className="message">A new flow starts from a template in the real portal. Pick one of the flows on the left.</p>}
    </>
  );
  if (isWidget) return <div className="shell">{page}</div>;
  return (
    <div className="shell">
      <Top session={session} changed={setSession} />
      <div className="under">
        <nav className="left" aria-label="Power Automate">
          <Link to={`/environments/${session.environment.name}/flows`}><Sign of="flows" /> My flows</Link>
          {session.flows.map(({ id, displayName }) => (
            <Link key={id} to={`/environments/${session.environment.name}/flows/${id}?v3=true`}>
              {displayName}
            </Link>
          ))}
        </nav>
        {page}
      </div>
    </div>
  );
};

const Top = ({ session, changed }: { session: api.Session; changed: (session: api.Session) => void }) => {
  const pick = async (name: string) => {
    const next = await api.pickScenario(name);
    changed(next);
    go(`/environments/${next.environment.name}/flows/${next.main}?v3=true`);
  };
  const { displayName } = session.user;
  const initials = displayName.split(' ').map((word) => word[0]).join('');
  return (
    <header className="top">
      <span className="waffle" aria-hidden="true">
        <Sign of="waffle" />
      </span>
      <b>Power Automate</b>
      <label className="mark" title={session.scenarios.find(({ name }) => name === session.scenario)?.description}>
        Practice portal
        <select aria-label="Scenario" value={session.scenario} onChange={({ target }) => void pick(target.value)}>
          {session.scenarios.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <span className="spring" />
      <span className="environment">
        Environment
        <b>{session.environment.displayName}</b>
      </span>
      <span className="avatar" role="img" aria-label={displayName}>
        {initials}
      </span>
    </header>
  );
};
