// One page for all addresses: they change without a load.
import { useSyncExternalStore } from 'react';

export type View = 'list' | 'details' | 'designer' | 'classic' | 'host' | 'run' | 'new';

export interface Route {
  view: View;
  flow: string;
  /** Inside a page of another product: nothing but the view. */
  isWidget: boolean;
}

export const parse = (address: string): Route => {
  const { pathname, searchParams } = new URL(address, 'https://make.powerautomate.com');
  const parts = pathname.split('/').filter((part) => part !== '');
  const isWidget = parts.includes('widgets');
  const widget = searchParams.get('widgetType');
  if (parts.includes('cloudflows')) return { view: 'host', flow: parts[parts.indexOf('cloudflows') + 1] ?? '', isWidget };
  const at = parts.indexOf('flows');
  const flow = parts[at + 1] === 'shared' ? parts[at + 2] : parts[at + 1];
  if (at < 0 || flow === undefined) return { view: 'list', flow: '', isWidget };
  if (flow === 'new') return { view: 'new', flow: '', isWidget };
  const view = (): View => {
    if (parts.includes('details') || widget === 'flowDetails') return 'details';
    if (parts.includes('runs')) return 'run';
    return searchParams.get('v3') === 'false' ? 'classic' : 'designer';
  };
  return { view: view(), flow: decodeURIComponent(flow), isWidget };
};

const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};
window.addEventListener('popstate', tell);

export const go = (path: string) => {
  history.pushState({}, '', path);
  tell();
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const usePath = () => useSyncExternalStore(subscribe, () => location.pathname + location.search);
