import { useCallback, useEffect, useRef, useState } from 'react';
import * as api from '../api';
import { Icon } from '../icons';
import { beside, type Route } from '../route';
import type { Flow, Session } from '../shapes';
import { Link } from './Link';

const TABS: [api.Filter, string][] = [
  ['personal', 'Cloud flows'],
  ['team', 'Shared with me'],
];

const STATES: Record<string, string> = { Started: 'On', Stopped: 'Off', Suspended: 'Suspended' };

/** The person's flows and those that others share, page by page. */
export const FlowList = ({ session, route }: { session: Session; route: Route }) => {
  const [tab, setTab] = useState<api.Filter>('personal');
  return (
    <main className="page">
      <h1>Flows</h1>
      <div className="tabs" role="tablist" aria-label="Flows">
        {TABS.map(([filter, title]) => (
          <button key={filter} type="button" role="tab" aria-selected={filter === tab} onClick={() => setTab(filter)}>
            {title}
          </button>
        ))}
      </div>
      <Rows key={`${session.scenario} ${tab}`} session={session} route={route} filter={tab} />
    </main>
  );
};

const Rows = ({ session, route, filter }: { session: Session; route: Route; filter: api.Filter }) => {
  const [rows, setRows] = useState<Flow[]>([]);
  // Where the next page is; none: there is no more.
  const [next, setNext] = useState<string | undefined>();
  const [state, setState] = useState<'loading' | 'loaded' | Error>('loading');
  const here = useRef(true);
  const load = useCallback(
    async (from?: string) => {
      setState('loading');
      try {
        const page = await api.flowPage(session, filter, from);
        if (!here.current) return;
        setRows((known) => (from ? [...known, ...page.rows] : page.rows));
        setNext(page.next);
        setState('loaded');
      } catch (error) {
        if (here.current) setState(error as Error);
      }
    },
    [session, filter],
  );
  useEffect(() => {
    here.current = true;
    void load();
    return () => {
      here.current = false;
    };
  }, [load]);
  const to = beside(route);
  return (
    <>
      {rows.length > 0 && (
        <table className="list flows">
          <thead>
            <tr>
              <th>Name</th>
              <th>Modified</th>
              <th>Status</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, properties }) => (
              <tr key={name}>
                <td>
                  <Icon name="flow" /> <Link to={to.details(name)}>{properties.displayName}</Link>
                </td>
                <td>{properties.lastModifiedTime?.slice(0, 10)}</td>
                <td>{STATES[properties.state] ?? properties.state}</td>
                <td>
                  <Link to={to.designer(name)}>Edit</Link> · <Link to={to.classic(name)}>Edit in classic designer</Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {state === 'loading' && <p role="status">Loading flows…</p>}
      {state instanceof Error && <p role="alert">{state.message}</p>}
      {state === 'loaded' && rows.length === 0 && <p>{filter === 'team' ? 'Nobody shares a flow with you.' : "You don't have any flows."}</p>}
      {state !== 'loading' && (next || state instanceof Error) && (
        <p>
          <button type="button" className="plain" onClick={() => void load(next)}>
            {state instanceof Error ? 'Try again' : 'Load more'}
          </button>{' '}
          {rows.length > 0 && `${rows.length} shown`}
        </p>
      )}
    </>
  );
};
