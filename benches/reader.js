/**
 * The peer: what the core does from bytes to audit, in JavaScript as one would write it for speed. Nothing of it ships. `tests/peer.rs` holds that it
 * comes to the core's result.
 */

/** The text, whatever it was saved as. @param {Uint8Array} bytes */
const text = (bytes) => {
	const [a, b] = bytes;
	const encoding = (a === 0xff && b === 0xfe) || (b === 0 && a !== 0xfe) ? 'utf-16le' : (a === 0xfe && b === 0xff) || a === 0 ? 'utf-16be' : 'utf-8';
	return new TextDecoder(encoding, { fatal: true }).decode(bytes);
};

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const string = (holder, key) => {
	const value = holder?.[key];
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};
const last = (id) => id?.replace(/\/+$/, '').split('/').pop() || undefined;

// ---- references ----

const connectorOf = (value) => last(string(value.api, 'name') ?? string(value.api, 'id') ?? string(value, 'id'));

const reference = (key, value) => {
	const { connection, impersonation } = value;
	const logical = string(connection, 'connectionReferenceLogicalName') ?? string(value, 'connectionReferenceLogicalName');
	const named = string(value, 'connectionName') ?? string(connection, 'name') ?? string(connection, 'id');
	const source = string(value, 'source') ?? string(value, 'runtimeSource') ?? string(impersonation, 'source');
	return { key, connection: named === logical ? undefined : last(named), isInvoker: source?.toLowerCase() === 'invoker' };
};

const NAMES = ['referenceName', 'connectionReferenceName', 'key', 'name'];

/** @returns {Map<string, ReturnType<typeof reference>>} */
const referencesOf = (holder) => {
	const references = new Map();
	const add = (key, value) => {
		if (!references.has(key)) references.set(key, reference(key, value));
	};
	for (const container of [holder.connectionReferences, holder.installedConnectionReferences]) {
		if (Array.isArray(container)) {
			for (const value of container) {
				const name = NAMES.find((field) => string(value, field) !== undefined);
				const key = name ? value[name] : connectorOf(value);
				if (key !== undefined) add(key, value);
			}
		} else if (isObject(container)) {
			for (const key of Object.keys(container)) if (isObject(container[key])) add(key, container[key]);
		}
	}
	return references;
};

// ---- operations ----

const BRACKET = /\$connections[^[]*\[(['"])((?:(?!\1).|\1\1)+)\1/;
const named = (name) => {
	if (name.includes('$connections')) {
		const found = BRACKET.exec(name);
		return found ? { key: found[2].replaceAll(found[1] + found[1], found[1]) } : undefined;
	}
	if (name.startsWith('@')) return undefined;
	return { key: name.toLowerCase().includes('/connections/') ? last(name) : name };
};
const direct = (holder) => {
	const name = string(holder, 'connectionName') ?? string(holder, 'connectionReferenceName');
	return name === undefined ? null : named(name);
};
const inHost = (host) => {
	const found = direct(host);
	if (found !== null) return found;
	const { connection } = host;
	if (typeof connection === 'string') return named(connection);
	const key = string(connection, 'referenceName');
	if (key !== undefined) return { key };
	const name = string(connection, 'name');
	return name === undefined ? null : named(name);
};
/** What an operation names: nothing (null), something unclear (undefined), or a key. */
const namedBy = (inputs) => {
	if (typeof inputs !== 'object' || inputs === null) return null;
	let found = isObject(inputs.host) ? inHost(inputs.host) : null;
	if (found === null && isObject(inputs.modelConfigurations)) {
		for (const model of Object.values(inputs.modelConfigurations)) {
			const key = string(model, 'referenceName');
			if (key !== undefined) return { key };
		}
	}
	if (found === null) found = direct(inputs.connectionReference);
	if (found === null) found = direct(inputs.serviceProviderConfiguration);
	return found;
};

const only = (list, fits) => {
	const fitting = list.filter(fits);
	return fitting.length === 1 ? fitting[0] : undefined;
};

/** Every operation of a definition with the reference that it means, containers before what they contain. */
const operationsOf = (definition, references) => {
	const list = [...references.values()];
	/** @type {Map<string, string>} */
	const known = new Map();
	const declared = (name) => {
		let key = known.get(name);
		if (key === undefined) {
			const lower = name.toLowerCase();
			const found = references.get(name) ?? only(list, (other) => other.key.toLowerCase() === lower) ?? only(list, (other) => other.connection?.toLowerCase() === lower);
			key = found?.key ?? name;
			known.set(name, key);
		}
		return key;
	};
	const operations = [];
	const walk = (container) => {
		if (!isObject(container)) return;
		for (const name of Object.keys(container)) {
			const operation = container[name];
			if (!isObject(operation)) continue;
			const { inputs } = operation;
			const found = namedBy(inputs);
			operations.push({
				name,
				type: string(operation, 'type') ?? '',
				reference: found ? declared(found.key) : null,
				isInvoker: string(inputs?.authentication, 'value')?.includes('$ConnectionKey') ?? false,
			});
			walk(operation.actions);
			walk(operation.else?.actions);
			for (const group of [operation.cases, operation.tools]) if (isObject(group)) for (const body of Object.values(group)) walk(body?.actions);
			walk(operation.default?.actions);
		}
	};
	walk(definition.triggers);
	walk(definition.actions);
	return operations;
};

// ---- the flow ----

const parsed = (bytes) => {
	const document = JSON.parse(text(bytes));
	const row = Array.isArray(document.value) && document.value.length === 1 ? document.value[0] : document;
	return row?.clientdata === undefined ? document : JSON.parse(row.clientdata);
};

/** @param {Uint8Array} bytes */
const flow = (bytes) => {
	const document = parsed(bytes);
	const holder = isObject(document.properties) ? document.properties : document;
	const definition = holder.definition ?? (holder.triggers === undefined ? undefined : holder);
	if (!isObject(definition) || (definition.triggers === undefined && definition.actions === undefined)) throw new Error('no flow');
	const references = referencesOf(holder);
	return { references, operations: operationsOf(definition, references) };
};

// ---- judgement ----

const ADDRESS = /^[^\s@]+@[^\s@]+$/;
const identities = (...names) => names.filter((name) => typeof name === 'string' && name !== '').map((name) => name.toLowerCase());

/** What the environment's connections are judged as, by their ids: known once. @param {Uint8Array} bytes @param {string} intended */
export const prepare = (bytes, intended) => {
	const answer = JSON.parse(text(bytes));
	const wanted = intended.toLowerCase();
	const people = (answer.value ?? answer).map(({ name, properties: { authenticatedUser, accountName, createdBy, displayName } }) => ({
		id: name.toLowerCase(),
		signIn: identities(authenticatedUser?.name ?? accountName ?? (ADDRESS.test(displayName ?? '') ? displayName : ''), authenticatedUser?.objectId),
		owner: identities(createdBy?.id, createdBy?.email, createdBy?.userPrincipalName),
	}));
	// An object id here and an address there are one account.
	const theirs = new Set([wanted]);
	for (let before = 0; before < theirs.size; ) {
		before = theirs.size;
		for (const { signIn, owner } of people) for (const who of [signIn, owner]) if (who.some((identity) => theirs.has(identity))) for (const identity of who) theirs.add(identity);
	}
	const differs = (who) => who.length > 0 && !who.some((identity) => theirs.has(identity));
	return new Map(people.map(({ id, signIn, owner }) => [id, signIn.length + owner.length === 0 ? 'unknown' : differs(signIn) || differs(owner) ? 'mismatch' : 'as_intended']));
};

/** @param {{ type: string, reference: string | null, isInvoker: boolean }} operation @param {ReturnType<typeof reference> | undefined} found @param {Map<string, string>} connections */
const verdict = ({ type, reference, isInvoker }, found, connections) => {
	if (reference === null && !/^(?:openapiconnection|apiconnection)/i.test(type)) return 'no_connection';
	if (isInvoker || found?.isInvoker) return 'run_only';
	return (found?.connection && connections.get(found.connection.toLowerCase())) || 'unknown';
};

/** Reads and judges a flow. @param {Uint8Array} bytes @param {Map<string, string>} connections as prepared @returns {string} */
export const audit = (bytes, connections) => {
	const { references, operations } = flow(bytes);
	const counts = { as_intended: 0, mismatch: 0, unknown: 0, run_only: 0, no_connection: 0 };
	const used = new Set();
	const usedConnections = new Set();
	const spelled = new Map([...references.values()].map((other) => [other.key.toLowerCase(), other]));
	const rows = operations.map((operation) => {
		const key = operation.reference;
		const found = key === null ? undefined : (references.get(key) ?? spelled.get(key.toLowerCase()));
		const said = verdict(operation, found, connections);
		counts[said] += 1;
		if (key !== null) used.add(key.toLowerCase());
		if (found?.connection) usedConnections.add(found.connection.toLowerCase());
		return [operation.name, key, found?.connection ?? null, said];
	});
	const leftovers = new Map();
	for (const { key, connection } of references.values()) {
		if (used.has(key.toLowerCase())) continue;
		const id = connection === undefined ? `reference:${key}` : `connection:${connection.toLowerCase()}`;
		leftovers.set(id, connection === undefined || !usedConnections.has(connection.toLowerCase()));
	}
	const { as_intended: intended, mismatch, unknown, run_only: runOnly } = counts;
	const sorted = [...leftovers].sort(([, one], [, other]) => Number(other) - Number(one)).map(([id]) => id);
	return JSON.stringify({ counts: [rows.length, intended + mismatch + unknown + runOnly, intended, mismatch, unknown, runOnly], operations: rows, leftovers: sorted });
};
