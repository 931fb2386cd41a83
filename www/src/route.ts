// One page for all addresses: they change without a load.
import { useSyncExternalStore } from 'react';

export type View = 'list' | 'details' | 'designer' | 'new';

export interface Route {
  view: View;
  flow: string;
}

export const parse = (path: string): Route => {
  const parts = path.split('/').filter((part) => part !== '');
  const at = parts.indexOf('flows');
  const flow = parts[at + 1] === 'shared' ? parts[at + 2] : parts[at + 1];
  if (at < 0 || flow === undefined) return { view: 'list', flow: '' };
  if (flow === 'new') return { view: 'new', flow: '' };
  return { view: parts.includes('details') ? 'details' : 'designer', flow: decodeURIComponent(flow) };
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

export const usePath = () => useSyncExternalStore(subscribe, () => location.pathname);
