// What the nodes must know of the page around them: whether they may be changed, and how they ran.
import { createContext, useContext } from 'react';
import type { Run } from '../shapes';

const Shown = createContext<{ run: Run | null; isReadOnly: boolean }>({ run: null, isReadOnly: false });

export const RunOf = Shown.Provider;

export const useReadOnly = () => useContext(Shown).isReadOnly;

/** How an operation ran; none outside runs. */
export const useStatus = (id: string) => {
  const run = useContext(Shown).run;
  return (run?.properties.actions[id] ?? run?.properties.trigger[id])?.status;
};
