// The services, asked by XMLHttpRequest with a bearer token for each audience, as Power Automate does it.

export interface Flow {
  name: string;
  properties: {
    displayName: string;
    state: string;
    lastModifiedTime?: string;
    definition: { triggers: Record<string, RawOperation>; actions: Record<string, RawOperation>; [more: string]: unknown };
    connectionReferences: Record<string, RawReference>;
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
  };
}

export interface Session {
  scenario: string;
  scenarios: { name: string; title: string; description: string }[];
  user: { displayName: string; mail: string };
  environment: { name: string; displayName: string };
  environmentHost: string;
  flows: { id: string; displayName: string }[];
  main: string;
  lazyConnections: boolean;
  /** Whether the rows of the connections pane bear the connection's id in their markup. */
  rowsWithIds: boolean;
  organisationHost: string;
}

export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Tokens live in memory only. */
const tokens = new Map<string, string>();

const send = (method: string, url: string, token: string | undefined, body?: unknown) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    if (token) request.setRequestHeader('Authorization', `Bearer ${token}`);
    if (body !== undefined) request.setRequestHeader('Content-Type', 'application/json');
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(new Refused(0, 'The service could not be reached.'));
    request.send(body === undefined ? null : JSON.stringify(body));
  });

const token = async (audience: string) => {
  const known = tokens.get(audience);
  if (known) return known;
  const { text } = await send('GET', `/practice/token?aud=${audience}`, undefined);
  const fresh = (JSON.parse(text) as { token: string }).token;
  tokens.set(audience, fresh);
  return fresh;
};

const parsed = <T>({ status, text }: { status: number; text: string }): T => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused(status, 'The service gave an answer that could not be read.');
  }
  if (status < 400) return value as T;
  const error = (value as { error?: { code?: string; message?: string } }).error;
  throw new Refused(status, `${error?.code ?? status}: ${error?.message ?? 'The service refused.'}`);
};

/** One call of the flow service. A token that it no longer takes is fetched anew, once. */
const call = async <T>(method: string, url: string, body?: unknown): Promise<T> => {
  const answer = await send(method, url, await token('flow'), body);
  if (answer.status !== 401) return parsed<T>(answer);
  tokens.delete('flow');
  return parsed<T>(await send(method, url, await token('flow'), body));
};

export const session = async (): Promise<Session> => parsed(await send('GET', '/practice/session', undefined));

export const pickScenario = async (name: string): Promise<Session> => parsed(await send('POST', `/practice/scenario?name=${encodeURIComponent(name)}`, undefined));

const address = ({ environmentHost }: Session, path: string, more = '') => `https://${environmentHost}/powerautomate/${path}?api-version=1${more}`;

const EXPAND = '&$expand=properties.connectionreferences.apidefinition,properties.definitionSummary.operations.apiOperation';

export const flow = (at: Session, id: string) => call<Flow>('GET', address(at, `flows/${id}`, EXPAND));
export const flows = (at: Session) => call<{ value: Flow[] }>('GET', address(at, 'flows', '&$top=50'));
export const connections = (at: Session, id: string) => call<Connection[]>('GET', address(at, `flows/${id}/connections`));
export const permissions = (at: Session, id: string) =>
  call<{ value: { name: string; properties: { roleName: string; principal: { id: string } } }[] }>('GET', address(at, `flows/${id}/permissions`));
export const save = (at: Session, id: string, properties: Partial<Flow['properties']>) => call<Flow>('PATCH', address(at, `flows/${id}`), { properties });

/** What the connections pane loads: which connections the flow holds, in use or not. */
export const held = (at: Session, id: string) => call<{ value: Connection[] }>('GET', address(at, `flows/${id}/connectionBindings`));
export const removeHeld = (at: Session, id: string, connection: string) => call<{ value: Connection[] }>('DELETE', address(at, `flows/${id}/connectionBindings/${connection}`));

/** What a solution's references point to. */
export const referenceRows = async (at: Session, flow: Flow): Promise<void> => {
  const names = Object.values(flow.properties.connectionReferences).map(({ connectionReferenceLogicalName }) => String(connectionReferenceLogicalName));
  const filter = names.map((name) => `connectionreferencelogicalname eq '${name}'`).join(' or ');
  const url = `https://${at.organisationHost}/api/data/v9.2/connectionreferences?$filter=${encodeURIComponent(filter)}&$select=connectionid,connectorid,_ownerid_value,statecode`;
  await send('GET', url, await token('flow'));
};
