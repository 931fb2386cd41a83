// What the services tell, as far as the pages use it.

export interface Flow {
  name: string;
  properties: {
    displayName: string;
    state: string;
    userType?: string;
    createdTime?: string;
    lastModifiedTime?: string;
    workflowEntityId?: string;
    creator?: { objectId?: string };
    definition: { triggers: Record<string, RawOperation>; actions: Record<string, RawOperation>; [more: string]: unknown };
    connectionReferences: Record<string, RawReference>;
    installedConnectionReferences?: Record<string, RawReference>;
    [more: string]: unknown;
  };
}

export interface RawOperation {
  type: string;
  kind?: string;
  inputs?: { host?: { connectionName?: string; apiId?: string; operationId?: string }; [more: string]: unknown };
  actions?: Record<string, RawOperation>;
  else?: { actions?: Record<string, RawOperation> };
  cases?: Record<string, { case?: unknown; actions?: Record<string, RawOperation> }>;
  default?: { actions?: Record<string, RawOperation> };
  runAfter?: Record<string, string[]>;
  [more: string]: unknown;
}

export interface RawReference {
  connectionName: string | null;
  source?: string;
  id: string;
  displayName?: string;
  brandColor?: string;
  connectionReferenceLogicalName?: string;
  [more: string]: unknown;
}

export interface Connection {
  name: string;
  id: string;
  properties: {
    apiId: string;
    displayName: string;
    accountName?: string | null;
    statuses?: { status: string }[];
    createdBy?: { displayName?: string; email?: string };
    lastModifiedTime?: string;
  };
}

export interface Permission {
  name: string;
  properties: { roleName: string; principal: { id: string } };
}

export interface Run {
  name: string;
  properties: { startTime: string; endTime: string; status: string; trigger: Record<string, { status: string }>; actions: Record<string, { status: string }> };
}

/** A connection reference of a solution: a row in Dataverse. */
export interface LogicalReference {
  connectionreferencelogicalname: string;
  connectionreferencedisplayname: string;
  connectionid: string | null;
  connectorid: string;
  '_ownerid_value@OData.Community.Display.V1.FormattedValue'?: string;
}

export interface Session {
  scenario: string;
  scenarios: { name: string; title: string; description: string; group: string }[];
  user: { displayName: string; mail: string; objectId: string };
  environment: { name: string; displayName: string };
  services: { flow: string; version: string; connections: string; apps: string; dataverse: string };
  /** Whom one can sign in as for a new connection. */
  accounts: string[];
  hosts: { portal: string; apps: string };
  flows: { id: string; displayName: string }[];
  main: string;
  start: string;
  solution: string;
  run: string;
  lazyConnections: boolean;
  drafts: boolean;
  pane: 'ownList' | 'picker' | 'flowOnly';
  without: string[];
}
