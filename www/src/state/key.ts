// How an operation names its reference key: the shapes differ by type and by age.
import type { RawOperation } from '../shapes';

type Loose = Record<string, unknown>;

const object = (value: unknown): Loose | undefined => (value !== null && typeof value === 'object' ? (value as Loose) : undefined);

/** Where the key is written: the object that holds it, and under which name. */
const place = (operation: RawOperation): [Loose, string] | undefined => {
  const inputs = object(operation.inputs);
  const host = object(inputs?.host);
  const model = object(Object.values(object(inputs?.modelConfigurations) ?? {})[0]);
  const agent = object(inputs?.connectionReference);
  const connection = object(host?.connection);
  const places: [Loose | undefined, string][] = [
    [host, 'connectionName'],
    [host, 'connectionReferenceName'],
    [connection, 'referenceName'],
    [connection, 'name'],
    [host, 'connection'],
    [model, 'referenceName'],
    [agent, 'connectionReferenceName'],
    [agent, 'connectionName'],
  ];
  return places.find((place): place is [Loose, string] => typeof place[0]?.[place[1]] === 'string');
};

/** In an expression the key is the bracket after `$connections`. */
const EXPRESSION = /(\$connections'\)?\]?\[')((?:[^']|'')+)('\])/;

/** The reference key of an operation; none where it needs no connection. */
export const keyOf = (operation: RawOperation): string | undefined => {
  const [holder, name] = place(operation) ?? [];
  const text = holder && name ? String(holder[name]) : undefined;
  return text?.startsWith('@') ? EXPRESSION.exec(text)?.[2] : text;
};

/** Writes another key where the present one stands; in a new operation, where its kind has it today. */
export const setKey = (operation: RawOperation, key: string) => {
  const [holder, name] = place(operation) ?? [];
  if (holder && name) holder[name] = String(holder[name]).startsWith('@') ? String(holder[name]).replace(EXPRESSION, (_, before: string, __, after: string) => before + key + after) : key;
  else if (operation.inputs?.host) operation.inputs.host.connectionName = key;
};
