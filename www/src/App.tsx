import { useEffect, useState } from 'react';
import { Provider } from 'react-redux';
import * as api from './api';
import { Classic } from './classic/Classic';
import { Designer } from './designer/Designer';
import { Icon } from './icons';
import { Connections } from './pages/Connections';
import { Details } from './pages/Details';
import { FlowList } from './pages/FlowList';
import { Host } from './pages/Host';
import { Link } from './pages/Link';
import { Top } from './pages/Top';
import { beside, go, parse, type Route, useAddress } from './route';
import type { Session } from './shapes';
import { store } from './state/store';

export const App = () => {
  const [session, setSession] = useState<Session | string | null>(null);
  const address = new URL(useAddress());
  const isRoot = address.pathname === '/';
  useEffect(() => {
    api.session().then(setSession, (error: Error) => setSession(error.message));
  }, []);
  useEffect(() => {
    if (session && typeof session !== 'string' && isRoot) go(`/environments/${session.environment.name}/flows/${session.main}?v3=true`);
  }, [session, isRoot]);
  if (session === null) return <p className="loading">Practice portal…</p>;
  if (typeof session === 'string') return <p className="message" role="alert">{session}</p>;
  const route = parse(address);
  const page = <Page session={session} route={route} />;
  // Who embeds the page has a frame of his own.
  if (route.isEmbedded) return <div className="shell">{page}</div>;
  return (
    <div className="shell">
      <Top session={session} changed={setSession} />
      <div className="under">
        {route.view !== 'host' && <Left session={session} />}
        {page}
      </div>
    </div>
  );
};

const Page = ({ session, route }: { session: Session; route: Route }) => {
  const key = `${session.scenario} ${route.flow}`;
  switch (route.view) {
    case 'list':
      return <FlowList session={session} route={route} />;
    case 'connections':
      return <Connections key={key} session={session} />;
    case 'details':
      return <Details key={key} session={session} route={route} />;
    case 'classic':
      return <Classic key={key} session={session} route={route} />;
    case 'host':
      return <Host key={key} session={session} route={route} />;
    case 'designer':
    case 'run':
    case 'new':
      // Only the new designer has a store: other pages hold nothing that could be found from their elements.
      return (
        <Provider store={store}>
          <Designer key={`${key} ${route.view} ${route.isCopilot}`} session={session} route={route} />
        </Provider>
      );
  }
};

const Left = ({ session }: { session: Session }) => {
  const to = beside({ base: `/environments/${session.environment.name}`, isEmbedded: false });
  return (
    <nav className="left" aria-label="Power Automate">
      <Link to={to.fresh}>
        <Icon name="add" /> Create
      </Link>
      <Link to={to.list}>
        <Icon name="flow" /> My flows
      </Link>
      <Link to={to.connections}>
        <Icon name="link" /> Connections
      </Link>
      <hr />
      {session.flows.map(({ id, displayName }) => (
        <Link key={id} to={to.designer(id)}>
          {displayName}
        </Link>
      ))}
    </nav>
  );
};
