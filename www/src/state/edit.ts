// What a person can change in the designer.
import { createNextState as produce } from '@reduxjs/toolkit';
import type { Connection } from '../shapes';
import type { State } from './model';

const lastPart = (id: string) => id.split('/').at(-1) ?? id;

/** The key of a reference to a connection: one that is there already, else a new one. */
const keyFor = (connections: State['connections'], api: string, connection: string) => {
  const connector = lastPart(api);
  const found = Object.entries(connections.connectionReferences).find(([, reference]) => reference.connectionName === connection);
  if (found) return found[0];
  let key = connector;
  for (let number = 1; key in connections.connectionReferences; number += 1) key = `${connector}_${number}`;
  connections.connectionReferences[key] = { api: { id: api }, connection: { id: `${api}/connections/${connection}` }, connectionName: connection };
  return key;
};

export const edits = {
  rebind: (state: State, { node, row }: { node: string; row: Connection }) => {
    state.connections.connectionsMapping[node] = keyFor(state.connections, row.properties.apiId, row.name);
  },
  rename: (state: State, { node, name }: { node: string; name: string }) => {
    const key = name.trim().replaceAll(' ', '_');
    if (key !== '' && !(key in state.workflow.nodesMetadata)) state.workflow.idReplacements[node] = key;
  },
  remove: ({ workflow, connections, operations }: State, { node }: { node: string }) => {
    const graph = workflow.graphs[workflow.nodesMetadata[node]?.graphId ?? 'root'];
    graph?.splice(graph.indexOf(node), 1);
    const forget = (id: string) => {
      for (const inner of workflow.graphs[id] ?? []) forget(inner);
      delete workflow.graphs[id];
      delete workflow.nodesMetadata[id];
      delete workflow.raw[id];
      delete connections.connectionsMapping[id];
      delete operations.operationInfo[id];
    };
    forget(node);
  },
  /** A new operation takes what the designer takes by default: the signed-in person's first connection. */
  add: ({ workflow, connections, operations }: State, { graph, after, mine }: { graph: string; after: string | null; mine: Connection | undefined }) => {
    const base = mine ? 'Send_an_email_(V2)' : 'Compose';
    let id = base;
    for (let number = 1; id in workflow.nodesMetadata; number += 1) id = `${base}_${number}`;
    const list = (workflow.graphs[graph] ??= []);
    list.splice(after === null ? 0 : list.indexOf(after) + 1, 0, id);
    const parent = workflow.nodesMetadata[graph]?.parentNodeId ?? (graph === 'root' ? undefined : graph);
    workflow.nodesMetadata[id] = { graphId: graph, ...(parent ? { parentNodeId: parent } : {}) };
    const api = mine?.properties.apiId;
    workflow.raw[id] = api ? { type: 'OpenApiConnection', inputs: { host: { apiId: api, operationId: 'SendEmailV2' }, parameters: {}, authentication: "@parameters('$authentication')" } } : { type: 'Compose', inputs: '' as never };
    operations.operationInfo[id] = { type: api ? 'OpenApiConnection' : 'Compose', connectorId: api ?? 'connectionProviders/dataOperation', operationId: api ? 'SendEmailV2' : 'compose' };
    if (mine && api) connections.connectionsMapping[id] = keyFor(connections, api, mine.name);
  },
};

type Edits = typeof edits;

/** An edit with what it needs. */
export type Edit = { [Kind in keyof Edits]: { kind: Kind; what: Parameters<Edits[Kind]>[1] } }[keyof Edits];

/** The state after an edit. */
export const applied = (state: State, { kind, what }: Edit): State =>
  produce(state, (draft) => {
    (edits[kind] as (state: State, what: unknown) => void)(draft, what);
    draft.workflow.isDirty = true;
  });
