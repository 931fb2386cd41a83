import { act, store, useAct } from '../state/store';

/** Adds an operation: on the signed-in person's first working mailbox, where there is one, else one that needs no connection. */
export const useAdd = () => {
  const send = useAct();
  return (graph: string, after: string | null) => {
    const mine = store.getState().picker.rows.find(({ properties }) => properties.apiId.endsWith('/shared_office365') && properties.statuses?.[0]?.status === 'Connected');
    send(act.edit({ kind: 'add', what: { graph, after, mine } }));
  };
};
