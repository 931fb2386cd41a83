// One page for all addresses: they change without a load.
import { useSyncExternalStore } from 'react';

export type View = 'list' | 'connections' | 'details' | 'designer' | 'classic' | 'run' | 'new' | 'host';

export interface Route {
  view: View;
  /** The flow's id, as the address has it: in Power Apps' portal it is its row's. */
  flow: string;
  run: string;
  /** What stands before `/flows`: environment, solution, and whether others embed the page. */
  base: string;
  isEmbedded: boolean;
  isReadOnly: boolean;
  isCopilot: boolean;
}

/** The addresses of pages beside the present one. */
export const beside = ({ base, isEmbedded }: Pick<Route, 'base' | 'isEmbedded'>) => {
  const widget = (type: string) => (isEmbedded ? `widgetType=${type}` : '');
  const query = (...parts: string[]) => {
    const all = parts.filter((part) => part !== '').join('&');
    return all === '' ? '' : `?${all}`;
  };
  return {
    list: `${base}/flows`,
    connections: `${base.replace(/\/solutions\/[^/]+/, '')}/connections`,
    fresh: `${base}/flows/new?v3=true`,
    designer: (flow: string) => `${base}/flows/${flow}${query(widget('flowEdit'), 'v3=true')}`,
    classic: (flow: string) => `${base}/flows/${flow}${query(widget('flowEdit'), 'v3=false')}`,
    details: (flow: string) => `${base}/flows/${flow}/details${query(widget('flowDetails'))}`,
    run: (flow: string, run: string) => `${base}/flows/${flow}/runs/${run}${query(widget('flowRun'))}`,
  };
};

export const parse = ({ host, pathname, searchParams }: URL): Route => {
  const parts = pathname.split('/').filter((part) => part !== '');
  const at = parts.findIndex((part) => part === 'flows' || part === 'cloudflows');
  const flow = parts[at + 1] === 'shared' ? parts[at + 2] : parts[at + 1];
  const environment = parts.indexOf('environments');
  const end = at >= 0 ? at : environment + 2;
  const isEmbedded = parts.includes('widgets');
  const route = { flow: decodeURIComponent(flow ?? ''), run: '', base: `/${parts.slice(0, end).join('/')}`, isEmbedded, isReadOnly: searchParams.get('readonly') === 'true', isCopilot: searchParams.get('draft') === 'copilot' };
  const is = (view: View): Route => ({ ...route, view });
  if (host.endsWith('.sharepoint.com')) return { ...is('host'), flow: searchParams.get('flow') ?? '' };
  if (parts[at] === 'cloudflows') return { ...is('host'), isReadOnly: parts.includes('view') };
  if (parts.includes('connections')) return is('connections');
  if (at < 0 || flow === undefined) return is('list');
  if (flow === 'new') return { ...is('new'), flow: '' };
  const runs = parts.indexOf('runs', at);
  if (runs > 0 && parts[runs + 1]) return { ...is('run'), run: parts[runs + 1] ?? '', isReadOnly: true };
  if (parts.includes('details') || parts.includes('runs') || searchParams.get('widgetType') === 'flowDetails') return is('details');
  return is(searchParams.get('v3') === 'false' ? 'classic' : 'designer');
};

const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};
window.addEventListener('popstate', tell);

export const go = (path: string, how: 'push' | 'replace' = 'push') => {
  if (how === 'push') history.pushState({}, '', path);
  else history.replaceState({}, '', path);
  tell();
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The whole address. */
export const useAddress = () => useSyncExternalStore(subscribe, () => location.href);
