// A flow's definition → the designer's state, and back.
import type { Flow, LogicalReference, RawOperation } from '../shapes';
import { keyOf, setKey } from './key';
import { empty, type NodeMetadata, type State } from './model';

type Definition = Flow['properties']['definition'];

/** Maps by operation: names like `__proto__` are names. */
const record = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;

/** The state for a flow, without its connections: the designer fills those a moment later. */
export const load = (flow: Flow): State => {
  const { definition, displayName, connectionReferences } = flow.properties;
  const nodesMetadata = record<NodeMetadata>();
  const operationInfo = record<State['operations']['operationInfo'][string]>();
  const graphs = record<string[]>();
  graphs.root = [];
  const raw = record<RawOperation>();
  const add = (id: string, operation: RawOperation, graphId: string, parentNodeId?: string, isTrigger?: boolean) => {
    (graphs[graphId] ??= []).push(id);
    nodesMetadata[id] = { graphId, ...(parentNodeId ? { parentNodeId } : {}), ...(isTrigger ? { isTrigger } : {}) };
    const { actions, else: otherwise, cases, default: rest, runAfter: _, ...own } = operation;
    raw[id] = own as RawOperation;
    const host = operation.inputs?.host;
    const api = host?.apiId ?? connectionReferences[keyOf(operation) ?? '']?.id;
    operationInfo[id] = { type: operation.type, ...(operation.kind ? { kind: operation.kind } : {}), connectorId: api ?? `connectionProviders/${operation.type.toLowerCase()}`, operationId: host?.operationId ?? operation.type };
    const branch = (graph: string, subgraphType: NodeMetadata['subgraphType'], inner: Record<string, RawOperation> | undefined) => {
      nodesMetadata[graph] = { graphId: id, parentNodeId: id, ...(subgraphType ? { subgraphType } : {}) };
      (graphs[id] ??= []).push(graph);
      graphs[graph] ??= [];
      for (const [name, step] of Object.entries(inner ?? {})) add(name, step, graph, id);
    };
    if (operation.type === 'If') {
      branch(`${id}-actions`, 'CONDITIONAL_TRUE', actions);
      branch(`${id}-elseActions`, 'CONDITIONAL_FALSE', otherwise?.actions);
    } else if (operation.type === 'Switch') {
      for (const [name, inner] of Object.entries(cases ?? {})) branch(name, 'SWITCH_CASE', inner.actions);
      branch(`${id}-defaultCase`, 'SWITCH_DEFAULT', rest?.actions);
    } else if (actions) {
      graphs[id] ??= [];
      for (const [name, step] of Object.entries(actions)) add(name, step, id, id);
    }
  };
  for (const [name, trigger] of Object.entries(definition.triggers)) add(name, trigger, 'root', undefined, true);
  for (const [name, action] of Object.entries(definition.actions)) add(name, action, 'root');
  return {
    ...empty,
    workflow: { ...empty.workflow, flowId: flow.name, displayName, nodesMetadata, graphs, idReplacements: record<string>(), collapsedGraphIds: record<boolean>(), raw, savedReferences: connectionReferences },
    operations: { operationInfo },
  };
};

/** The tables of connections for a flow. Built-in operations are in none. What a solution's reference points to stands in its row. */
export const tables = (flow: Flow, rows: LogicalReference[] = []): State['connections'] => {
  const connectionReferences = record<State['connections']['connectionReferences'][string]>();
  for (const [key, { id, source, connectionReferenceLogicalName: logical, ...own }] of Object.entries(flow.properties.connectionReferences)) {
    const connectionName = logical ? (rows.find((row) => row.connectionreferencelogicalname === logical)?.connectionid ?? null) : own.connectionName;
    connectionReferences[key] = { api: { id }, connection: { id: connectionName ? `${id}/connections/${connectionName}` : '' }, connectionName: connectionName ?? '', ...(source ? { source } : {}) };
  }
  const connectionsMapping = record<string | null>();
  const walk = (operations: Record<string, RawOperation> | undefined) => {
    for (const [name, operation] of Object.entries(operations ?? {})) {
      const key = keyOf(operation);
      if (key !== undefined || operation.inputs?.host?.apiId) connectionsMapping[name] = key ?? null;
      walk(operation.actions);
      walk(operation.else?.actions);
      for (const inner of Object.values(operation.cases ?? {})) walk(inner.actions);
      walk(operation.default?.actions);
    }
  };
  walk(flow.properties.definition.triggers);
  walk(flow.properties.definition.actions);
  return { connectionReferences, connectionsMapping };
};

/** The definition and references to save: with the new names, and the references the operations now name. */
export const unload = ({ workflow, connections }: State): { definition: Definition; connectionReferences: Flow['properties']['connectionReferences'] } => {
  const nameOf = (id: string) => workflow.idReplacements[id] ?? id;
  const chain = (graph: string, keep: (id: string) => boolean) => {
    const made: Record<string, RawOperation> = record();
    let before: string | undefined;
    for (const id of workflow.graphs[graph] ?? []) {
      if (!keep(id)) continue;
      made[nameOf(id)] = { ...operation(id), ...(workflow.nodesMetadata[id]?.isTrigger ? {} : { runAfter: before ? { [before]: ['Succeeded'] } : {} }) };
      before = nameOf(id);
    }
    return made;
  };
  const all = (graph: string) => chain(graph, () => true);
  const operation = (id: string): RawOperation => {
    const own = structuredClone(workflow.raw[id] ?? { type: 'Compose' });
    const key = connections.connectionsMapping[id];
    if (key) setKey(own, key);
    const type = own.type;
    if (type === 'If') return { ...own, actions: all(`${id}-actions`), else: { actions: all(`${id}-elseActions`) } };
    if (type === 'Switch') {
      const cases: NonNullable<RawOperation['cases']> = record();
      for (const graph of workflow.graphs[id] ?? []) if (workflow.nodesMetadata[graph]?.subgraphType === 'SWITCH_CASE') cases[graph] = { case: '1', actions: all(graph) };
      return { ...own, cases, default: { actions: all(`${id}-defaultCase`) } };
    }
    return workflow.graphs[id] ? { ...own, actions: all(id) } : own;
  };
  const isTrigger = (id: string) => workflow.nodesMetadata[id]?.isTrigger === true;
  const references: Flow['properties']['connectionReferences'] = record();
  for (const [key, { api, connectionName, source }] of Object.entries(connections.connectionReferences)) {
    const saved = workflow.savedReferences[key];
    // A solution's reference is saved as it came: its connection is the row's matter.
    references[key] = saved?.connectionReferenceLogicalName ? saved : { ...saved, connectionName: connectionName || null, source: source ?? 'Embedded', id: api.id };
  }
  return { definition: { triggers: chain('root', isTrigger), actions: chain('root', (id) => !isTrigger(id)) }, connectionReferences: references };
};
