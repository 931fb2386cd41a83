// The state, in the slices and fields of the open-source designer that the real one is built from.
import type { Connection, RawOperation, RawReference } from '../shapes';

export interface Reference {
  api: { id: string };
  connection: { id: string };
  connectionName: string;
  source?: string;
}

export interface NodeMetadata {
  graphId: string;
  parentNodeId?: string;
  isTrigger?: boolean;
  subgraphType?: 'CONDITIONAL_TRUE' | 'CONDITIONAL_FALSE' | 'SWITCH_CASE' | 'SWITCH_DEFAULT';
}

export interface OperationInfo {
  type: string;
  kind?: string;
  connectorId: string;
  operationId: string;
}

export interface State {
  connections: { connectionReferences: Record<string, Reference>; connectionsMapping: Record<string, string | null> };
  workflow: {
    flowId: string;
    displayName: string;
    nodesMetadata: Record<string, NodeMetadata>;
    /** Each graph's nodes in order: `root`, a scope's own id, or a branch's. */
    graphs: Record<string, string[]>;
    idReplacements: Record<string, string>;
    collapsedGraphIds: Record<string, boolean>;
    isDirty: boolean;
    focus: { id: string; times: number } | null;
    /** Each operation as it was loaded, without what it contains. */
    raw: Record<string, RawOperation>;
    savedReferences: Record<string, RawReference>;
  };
  operations: { operationInfo: Record<string, OperationInfo> };
  panel: { selected: string | null; mode: 'details' | 'connection' | 'search' | null };
  picker: { rows: Connection[]; state: 'none' | 'loading' | 'ready' | 'failed' };
  history: { past: Edited[]; future: Edited[] };
}

/** What an edit changes, and undo brings back. */
export type Edited = Pick<State, 'connections' | 'workflow' | 'operations'>;

export const empty: State = {
  connections: { connectionReferences: {}, connectionsMapping: {} },
  workflow: { flowId: '', displayName: '', nodesMetadata: {}, graphs: { root: [] }, idReplacements: {}, collapsedGraphIds: {}, isDirty: false, focus: null, raw: {}, savedReferences: {} },
  operations: { operationInfo: {} },
  panel: { selected: null, mode: null },
  picker: { rows: [], state: 'none' },
  history: { past: [], future: [] },
};
