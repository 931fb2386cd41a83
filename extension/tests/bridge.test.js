import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';
import { sample } from './chrome.js';

const source = readFileSync(new URL('../content/bridge.js', import.meta.url), 'utf8');
/** The pauses between tries are played faster. */
const HASTE = 100;
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** The bridge with a background that `answer`s: a parcel → an outcome, or it throws. */
const newBridge = (answer = () => ({ version: 1 })) => {
	const sent = [];
	const received = [];
	let orphans = 0;
	const listeners = [];
	const runtime = {
		id: 'lens',
		sendMessage: async (message) => {
			sent.push(message);
			return answer(message, sent.length);
		},
		onMessage: { addListener: (listener) => listeners.push(listener) },
	};
	const place = { href: 'https://make.powerautomate.com/x' };
	const context = vm.createContext({ crypto, chrome: { runtime }, location: place, URL, URLSearchParams, setTimeout: (work, wait) => setTimeout(work, wait / HASTE).unref() });
	vm.runInContext(source, context);
	const bridge = vm.runInContext('bridge', context);
	bridge.start({ receive: (outcome) => received.push(outcome), orphaned: () => (orphans += 1) });
	return { bridge, place, sent, received, runtime, listeners, orphans: () => orphans };
};
const kinds = (sent) => sent.map(({ event }) => event.kind);

test('what comes out of the page is the message that the core reads', () => {
	const { bridge } = newBridge();
	for (const name of ['captured', 'signed_in', 'unanswered']) {
		const event = sample(`event-${name}`);
		const said = { ...event, ...(name === 'captured' ? { text: '{}', number: 7 } : {}), more: 'evil', token: 'evil' };
		assert.equal(JSON.stringify(bridge.read(said, bridge.fromPage)), JSON.stringify({ event, ...(name === 'captured' ? { body: '{}', answer: 7 } : { answer: 0 }) }));
	}
	const { event, body } = bridge.read({ kind: 'designer', text: '{}', address: 'https://evil.example', at: 0 }, bridge.fromDesigner);
	assert.deepEqual([event.kind, event.address, typeof event.at, body], ['designer', 'https://make.powerautomate.com/x', 'number', '{}']);
	assert.deepEqual(Object.keys(event).sort(), Object.keys(sample('event-designer')).sort());
	assert.equal(JSON.stringify(bridge.read({ kind: 'designer_gone' }, bridge.fromDesigner)), JSON.stringify({ event: sample('event-designer_gone'), answer: 0 }));
});

test('of a long answer the services’ descriptions of themselves stay behind, and nothing else', () => {
	const { bridge } = newBridge();
	const carried = (answer) => bridge.read({ ...sample('event-captured'), text: typeof answer === 'string' ? answer : JSON.stringify(answer), number: 1 }, bridge.fromPage).body;
	const swagger = { swagger: '2.0', paths: 'x'.repeat(600_000) };
	const described = (name, more = {}) => ({ id: '/apis/x', ...more, apiDefinition: { name, properties: { displayName: 'Outlook', ...more } } });
	const flow = (more) => ({
		name: 'f',
		properties: {
			// Somebody's own, with the same name.
			definition: { actions: { swagger: { type: 'Compose', inputs: { swagger: 1, apiDefinition: { properties: { swagger: 2 } } } } } },
			connectionReferences: { swagger: described('a', more), ['__proto__']: described('b'), plain: { connectionName: 'c' } },
		},
	});
	assert.equal(carried(flow({ swagger })), JSON.stringify(flow()));
	const row = (more) => ({ name: 'r', properties: { displayName: 'a@b.c', ...described('c', more) } });
	assert.equal(carried({ value: [row({ swagger }), row()] }), JSON.stringify({ value: [row(), row()] }));
	assert.equal(carried([row({ swagger })]), JSON.stringify([row()]));
	const short = JSON.stringify(flow({ swagger: { swagger: '2.0' } }));
	assert.equal(carried(short), short, 'a short one is carried as it came');
	for (const odd of [`{"a":"${'x'.repeat(600_000)}"`, JSON.stringify({ value: [null, swagger] }), JSON.stringify({ properties: { connectionReferences: { a: null, b: swagger } } })]) assert.equal(carried(odd), odd, 'what is wrong with it, the core tells');
	const polluted = `{"properties":{"__proto__":{"connectionReferences":1},"x":"${'x'.repeat(600_000)}"}}`;
	assert.equal(carried(polluted), polluted);
});

test('whatever else comes out of the page is dropped', () => {
	const { bridge } = newBridge();
	const captured = { ...sample('event-captured'), text: '{}', number: 1 };
	const bad = [null, undefined, 7, 'captured', [], {}, { kind: 7 }, { kind: 'constructor' }, { kind: '__proto__' }, { kind: 'shown', address: 'x', at: 1 }, sample('event-intend'), sample('event-highlight'), sample('event-tick')];
	for (const [part, values] of Object.entries({ method: [null, 7, 'x'.repeat(17)], address: [null, {}, 'x'.repeat(9_000)], status: ['200', 0, 99, 600, NaN, 2.5], at: ['1', NaN, Infinity], asked: [0, 'yes', undefined], retry_after: ['7', NaN, undefined], text: [null, {}, 7], number: [null, '1', 0.5] })) {
		for (const value of values) bad.push({ ...captured, [part]: value });
	}
	for (const said of bad) assert.equal(bridge.read(said, bridge.fromPage), undefined, JSON.stringify(said));
	// Each port has its own kinds.
	assert.equal(bridge.read(captured, bridge.fromDesigner), undefined);
	assert.equal(bridge.read({ kind: 'designer', text: '{}' }, bridge.fromPage), undefined);
});

test('one after the other, in order, numbered; a newer state replaces an older one that still waits', async () => {
	const { bridge, sent, received } = newBridge(async () => (await settle(), { version: 1 }));
	for (const kind of ['shown', 'designer', 'captured', 'designer', 'found', 'designer', 'found']) bridge.send({ kind });
	for (let i = 0; i < 10; i += 1) await settle();
	assert.deepEqual(kinds(sent), ['shown', 'captured', 'designer', 'found']);
	assert.deepEqual(sent.map(({ n }) => n), [1, 3, 6, 7]);
	assert.ok(sent.every(({ v, doc }) => v === 1 && doc === sent[0].doc));
	assert.equal(received.length, 4);
});

test('a worker that is stopped is tried again by itself, and the others wait in their order', async () => {
	let tries = 0;
	const { bridge, sent, received } = newBridge(() => {
		tries += 1;
		if (tries < 4) throw new Error('Could not establish connection. Receiving end does not exist.');
		return { version: 1 };
	});
	bridge.send({ kind: 'shown' });
	bridge.send({ kind: 'found' });
	for (let i = 0; i < 10; i += 1) await settle();
	assert.deepEqual(sent.map(({ n }) => n), [1, 1, 1, 1, 2]);
	assert.equal(received.length, 2);
});

test('a parcel that can never be delivered is given up and told of, the others go on; what waits is bounded', async () => {
	const { bridge, sent, received } = newBridge(({ event }) => {
		if (event.kind === 'captured') throw new Error('Message exceeded maximum allowed size of 64MiB.');
		return { version: 1 };
	});
	bridge.send({ kind: 'captured' });
	for (let i = 0; i < 3; i += 1) bridge.send({ kind: 'look' });
	for (let i = 0; i < 40; i += 1) await settle();
	assert.equal(sent.filter(({ event }) => event.kind === 'captured').length, 6);
	assert.equal(JSON.stringify(received), JSON.stringify([{ error: 'lost' }, ...Array(3).fill({ version: 1 })]));

	const down = newBridge(() => undefined);
	for (let i = 0; i < 1_000; i += 1) down.bridge.send({ kind: 'captured' });
	await settle();
	assert.ok(down.sent.length < 10);
});

test('an extension that was updated under the tab: one farewell, and silence', async () => {
	const { bridge, sent, runtime, orphans } = newBridge();
	runtime.id = undefined;
	for (let i = 0; i < 5; i += 1) {
		bridge.send({ kind: 'found' });
		bridge.tell({ open: 'panel' });
		await settle();
	}
	assert.equal(orphans(), 1);
	assert.equal(sent.length, 0);
});

test('what is pushed is taken from our own background, for this document', () => {
	const { bridge, sent, received, listeners } = newBridge();
	bridge.send({ kind: 'shown' });
	const { doc } = sent[0];
	const [push] = listeners;
	push({ doc, outcome: { version: 1, paint: 1 } }, { id: 'lens' });
	for (const [message, id] of [[{ doc, outcome: {} }, 'other'], [{ doc: 'x', outcome: {} }, 'lens'], [{ doc }, 'lens'], [null, 'lens'], [{ doc, outcome: null }, 'lens']]) push(message, { id });
	assert.deepEqual(received.filter(({ paint }) => paint).length, 1);
	assert.equal(received.length, 1);
});

test('the page goes while something is under way: that is said at once', async () => {
	const { bridge, sent } = newBridge(() => new Promise(() => {}));
	bridge.send({ kind: 'found', count: 1 });
	bridge.send({ kind: 'rows', count: 2 });
	bridge.leave();
	assert.deepEqual(kinds(sent), ['found', 'hidden']);
	assert.ok(sent[1].n > sent[0].n);
});

test('of the page’s address only what is read is told: a sign-in leaves codes and tokens in the rest', () => {
	const { bridge, place } = newBridge();
	for (const [href, told] of [
		['https://make.powerautomate.com/environments/e/flows/f?v3=false#code=canary&id_token=canary', 'https://make.powerautomate.com/environments/e/flows/f?v3=false'],
		['https://make.powerautomate.com/?code=canary&WidgetType=flowEdit&state=canary', 'https://make.powerautomate.com/?WidgetType=flowEdit'],
		['https://user:canary@make.powerautomate.com/x', 'https://make.powerautomate.com/x'],
	]) {
		place.href = href;
		assert.equal(bridge.here(), told);
		assert.equal(bridge.read({ kind: 'designer', text: '{}' }, bridge.fromDesigner).event.address, told);
	}
});

test('a parcel that is given up is known to have come: what was in it may be asked for anew', async () => {
	const { bridge } = newBridge(() => Promise.reject(new Error('busy')));
	bridge.send({ kind: 'captured' }, '{}', 7);
	for (let i = 0; i < 60 && bridge.seen() === 0; i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
	assert.equal(bridge.seen(), 7);
});
