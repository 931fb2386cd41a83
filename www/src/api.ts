// The services, asked by XMLHttpRequest with a bearer token for each audience, as Power Automate does it.
import type { Connection, Flow, LogicalReference, Permission, RawReference, Run, Session } from './shapes';

export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

type Audience = 'flow' | 'platform' | 'apps' | 'dataverse';

/** Tokens live in memory only. */
const tokens = new Map<Audience, string>();

const LONGEST_WAIT = 60_000;

const send = (method: string, url: string, headers: Record<string, string>, body?: unknown) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.timeout = LONGEST_WAIT;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (body !== undefined) request.setRequestHeader('Content-Type', 'application/json');
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(new Refused(0, 'The service could not be reached.'));
    request.ontimeout = () => reject(new Refused(0, 'The service did not answer in time.'));
    request.send(body === undefined ? null : JSON.stringify(body));
  });

const token = async (audience: Audience) => {
  const known = tokens.get(audience);
  if (known) return known;
  const { text } = await send('GET', `/practice/token?aud=${audience}`, {});
  const fresh = (JSON.parse(text) as { token: string }).token;
  tokens.set(audience, fresh);
  return fresh;
};

const parsed = <T>({ status, text }: { status: number; text: string }): T => {
  if (status === 204) return undefined as T;
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

/** One call of a service. A token that it no longer takes is fetched anew, once. */
const call = async <T>(audience: Audience, method: string, url: string, body?: unknown, more: Record<string, string> = {}): Promise<T> => {
  const once = async () => send(method, url, { ...more, Authorization: `Bearer ${await token(audience)}` }, body);
  const answer = await once();
  if (answer.status !== 401) return parsed<T>(answer);
  tokens.delete(audience);
  return parsed<T>(await once());
};

/** A whole list, in whichever shape and in however many pages it comes. */
const list = async <T>(audience: Audience, url: string): Promise<T[]> => {
  const rows: T[] = [];
  for (let next: string | undefined = url; next; ) {
    const answer: T[] | { value: T[]; nextLink?: string } = await call(audience, 'GET', next);
    rows.push(...(Array.isArray(answer) ? answer : answer.value));
    next = Array.isArray(answer) ? undefined : answer.nextLink;
  }
  return rows;
};

export const session = async (): Promise<Session> => parsed(await send('GET', '/practice/session', {}));

export const pickScenario = async (name: string): Promise<Session> => {
  // Another scenario may have somebody else signed in, in another cloud.
  tokens.clear();
  return parsed(await send('POST', `/practice/scenario?name=${encodeURIComponent(name)}`, {}));
};

const address = ({ services }: Session, path: string, more = '') => `${services.flow}/${path}?api-version=${services.version}${more}`;

const EXPAND = '&$expand=properties.connectionreferences.apidefinition,properties.definitionSummary.operations.apiOperation';

/** References are a map; they were seen as a list once. */
const mapped = (flow: Flow): Flow => {
  const { connectionReferences } = flow.properties as { connectionReferences: unknown };
  if (!Array.isArray(connectionReferences)) return flow;
  const entries = (connectionReferences as (RawReference & { connectionReferenceName: string })[]).map((reference) => [reference.connectionReferenceName, reference]);
  return { ...flow, properties: { ...flow.properties, connectionReferences: Object.fromEntries(entries) as Flow['properties']['connectionReferences'] } };
};

const draftOf = (at: Session) => (at.drafts ? '&draftFlow=true' : '');

export const flow = async (at: Session, id: string, isEdited = false) => mapped(await call<Flow>('flow', 'GET', address(at, `flows/${id}`, EXPAND + (isEdited ? draftOf(at) : ''))));
export type Filter = 'personal' | 'team';
/** One page of a list of flows, and the way to the next. */
export const flowPage = async (at: Session, filter: Filter, next?: string): Promise<{ rows: Flow[]; next?: string }> => {
  const answer = await call<Flow[] | { value: Flow[]; nextLink?: string }>('flow', 'GET', next ?? address(at, 'flows', `&$filter=search('${filter}')&include=includeSolutionCloudFlows&$top=50`));
  if (Array.isArray(answer)) return { rows: answer };
  // The service gives it with a port that nobody can reach from outside.
  return { rows: answer.value, next: answer.nextLink?.replace(':11777/', '/') };
};
/** The environments to choose from, asked for when somebody wants to choose. */
export const environments = (at: Session) => list<{ name: string; properties: { displayName: string } }>('apps', `${at.services.apps}/environments?api-version=2016-11-01`);
export const connections = (at: Session, id: string) => list<Connection>('flow', address(at, `flows/${id}/connections`));
export const paneConnections = (at: Session, id: string) => list<Connection>('flow', address(at, `flows/${id}/sharedConnections`));
export const permissions = (at: Session, id: string) => list<Permission>('flow', address(at, `flows/${id}/permissions`));
export const users = (at: Session, id: string) => list<Permission>('flow', address(at, `flows/${id}/users`));
export const runs = (at: Session, id: string) => list<Run>('flow', address(at, `flows/${id}/runs`, '&$top=50'));
export const run = (at: Session, id: string, run: string) => call<Run>('flow', 'GET', address(at, `flows/${id}/runs/${run}`, '&$expand=properties/flow,properties/actions'));

export const save = (at: Session, id: string, properties: Partial<Flow['properties']>) => call<Flow>('flow', 'PATCH', address(at, `flows/${id}`, draftOf(at)), { properties });
export const publish = (at: Session, id: string) => call<Flow>('flow', 'POST', address(at, `flows/${id}/publish`), {});
export const create = (at: Session, properties: Partial<Flow['properties']>) => call<Flow>('flow', 'POST', address(at, 'flows'), { properties });
export const remove = (at: Session, id: string) => call<void>('flow', 'DELETE', address(at, `flows/${id}`));
export const detach = (at: Session, id: string, connection: string) => call<void>('flow', 'DELETE', address(at, `flows/${id}/sharedConnections/${connection}`));
export const removeOwner = (at: Session, id: string, owner: string) => call<unknown>('flow', 'POST', address(at, `flows/${id}/modifyPermissions`), { put: [], delete: [{ id: owner }] });

/** The signed-in person's own connections, of the generation of services that is in use. */
export const ownConnections = (at: Session) => {
  const isOlder = at.services.version !== '1';
  const filter = isOlder ? `&$filter=${encodeURIComponent(`environment eq '${at.environment.name}'`)}` : '';
  return list<Connection>(isOlder ? 'apps' : 'platform', `${at.services.connections}/connections?api-version=${at.services.version}${filter}`);
};
const connectionAddress = (at: Session, id: string) => `${at.services.apps}${id.replace('/providers/Microsoft.PowerApps', '')}?api-version=2016-11-01&$filter=${encodeURIComponent(`environment eq '${at.environment.name}'`)}`;
export const removeConnection = (at: Session, row: Connection) => call<void>('apps', 'DELETE', connectionAddress(at, row.id));
/** A new connection of the signed-in person's. In life a window of the service's asks for the account; here it is told. */
export const addConnection = (at: Session, api: string, account: string) => {
  const id = `${api}/connections/${crypto.randomUUID().replaceAll('-', '')}`;
  return call<Connection>('apps', 'PUT', connectionAddress(at, id), { properties: { account, environment: { name: at.environment.name } } });
};

const ANNOTATED = { Prefer: 'odata.include-annotations="*"', 'OData-MaxVersion': '4.0', 'OData-Version': '4.0' };

/** A solution's references, by their logical names. */
export const logicalReferences = async (at: Session, names: string[]): Promise<LogicalReference[]> => {
  const filter = encodeURIComponent(names.map((name) => `connectionreferencelogicalname eq '${name}'`).join(' or '));
  const columns = 'connectionreferencelogicalname,connectionreferencedisplayname,connectionid,connectorid,_ownerid_value,statecode';
  const answer = await call<{ value: LogicalReference[] }>('dataverse', 'GET', `${at.services.dataverse}/connectionreferences?$filter=${filter}&$select=${columns}`, undefined, ANNOTATED);
  return answer.value;
};
export const workflowRow = (at: Session, id: string) => call<unknown>('dataverse', 'GET', `${at.services.dataverse}/workflows(${id})?$select=name,category,statecode,ismanaged,_ownerid_value,clientdata`, undefined, ANNOTATED);
