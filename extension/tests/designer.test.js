import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from './browser.js';

const CALM = 100;

/** A store as Redux makes it, in the page's world. */
const newStore = () => {
	const listeners = new Set();
	const dispatched = [];
	let state = {
		connections: { connectionReferences: { a: { api: { id: '/x' }, connection: { id: '/y' }, apiDefinition: { huge: true } } }, connectionsMapping: { Send: 'a', Compose: null } },
		workflow: { nodesMetadata: { Send: { graphId: 'root', runData: { secret: 1 }, isRoot: true }, 'In "scope"': { graphId: 'Scope', parentNodeId: 'Scope' } }, idReplacements: { Send: 'Mail' }, collapsedGraphIds: { Scope: true }, isDirty: false },
		operations: { operationInfo: { Send: { type: 'OpenApiConnection', connectorId: '/shared_x', operationId: 'Send', big: {} } }, inputParameters: { long: 1 } },
		panel: {},
	};
	return {
		dispatched,
		listeners,
		set(slice, part) {
			state = { ...state, [slice]: { ...state[slice], ...part } };
			for (const listener of listeners) listener();
		},
		store: {
			getState: () => state,
			subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
			dispatch: (action) => dispatched.push({ ...action }),
		},
	};
};

/** A canvas whose fibre lies under `depth` others, the provider's props being `props`. */
const canvas = (props, depth = 3) => {
	let fibre = { memoizedProps: props, return: null };
	for (let i = 0; i < depth; i += 1) fibre = { memoizedProps: i % 2 ? null : { value: i }, return: fibre };
	return { className: 'react-flow', __reactProps$1: {}, __reactFiber$1: fibre };
};

const open = (...canvases) => {
	const browser = openPage({ script: 'designer' });
	browser.document.canvases = canvases;
	return browser;
};
const kinds = ({ said }) => said.map(({ kind }) => kind);

for (const [name, props] of [['store', (store) => ({ store })], ['value.store', (store) => ({ value: { store } })]]) {
	test(`the store is found at memoizedProps.${name} and told, reduced`, async () => {
		const browser = open(canvas(props(newStore().store), 60));
		browser.ask({ kind: 'find' });
		assert.deepEqual(kinds(browser), ['designer']);
		assert.deepEqual(JSON.parse(browser.said[0].text), {
			connections: { connectionReferences: { a: { api: { id: '/x' }, connection: { id: '/y' } } }, connectionsMapping: { Send: 'a', Compose: null } },
			workflow: {
				nodesMetadata: { Send: { graphId: 'root', isRoot: true }, 'In "scope"': { graphId: 'Scope', parentNodeId: 'Scope' } },
				idReplacements: { Send: 'Mail' },
				collapsedGraphIds: { Scope: true },
				isDirty: false,
			},
			operations: { operationInfo: { Send: { type: 'OpenApiConnection', connectorId: '/shared_x', operationId: 'Send' } } },
		});
	});
}

test('odd fibres end in "no store", and throw nothing', async () => {
	const circle = { memoizedProps: {} };
	circle.return = circle;
	const throwing = { get memoizedProps() { throw new Error('x'); }, return: null };
	const { store } = newStore();
	const odd = [
		{ className: 'react-flow' },
		{ __reactFiber$1: null },
		{ __reactFiber$1: 7 },
		{ __reactFiber$1: circle },
		{ __reactFiber$1: throwing },
		{ get __reactFiber$1() { throw new Error('x'); } },
		canvas({ store: null }),
		canvas({ store: { getState: 1 } }),
		canvas({ store: { ...store, getState: () => { throw new Error('x'); } } }),
		canvas({ store: { ...store, getState: () => null } }),
		canvas({ store: { ...store, getState: () => ({ connections: {}, workflow: {} }) } }),
		canvas({ value: { store: { ...store, getState: () => ({ connections: { connectionsMapping: {} } }) } } }),
		canvas({ get store() { throw new Error('x'); } }),
	];
	for (const one of odd) {
		const browser = open(one);
		browser.ask({ kind: 'find' });
		browser.ask({ kind: 'reveal', node: 'Send' });
		await browser.advance(20_000);
		assert.deepEqual(browser.said, [{ kind: 'reveal', node: 'Send', done: false }]);
	}
});

test('a state that lacks the smaller slices is told as far as it goes', () => {
	const { store } = newStore();
	const browser = open(canvas({ store: { ...store, getState: () => ({ connections: { connectionsMapping: { a: null } }, workflow: {} }) } }));
	browser.ask({ kind: 'find' });
	assert.deepEqual(JSON.parse(browser.said[0].text), { connections: { connectionsMapping: { a: null } }, workflow: { nodesMetadata: {} }, operations: { operationInfo: {} } });
});

test('unsaved changes are told, in bursts as one, others not at all', async () => {
	const made = newStore();
	const browser = open(canvas(made));
	browser.ask({ kind: 'find' });
	for (const key of ['b', 'c', 'd']) made.set('connections', { connectionsMapping: { Send: key } });
	made.set('panel', { open: true });
	await browser.advance(CALM);
	assert.equal(browser.said.length, 2);
	assert.equal(JSON.parse(browser.said[1].text).connections.connectionsMapping.Send, 'd');
	made.set('panel', { open: false });
	await browser.advance(CALM);
	assert.equal(browser.said.length, 2);
	made.set('workflow', { isDirty: true });
	await browser.advance(CALM);
	assert.equal(browser.said.length, 3);
	// Nobody waits for the end of a burst to see what a single change does.
	await browser.advance(CALM);
	made.set('workflow', { isDirty: false });
	await browser.advance(1);
	assert.equal(browser.said.length, 4);
});

test('the canvas comes late, goes, is mounted anew', async () => {
	const made = newStore();
	const browser = open({ className: 'react-flow' });
	browser.ask({ kind: 'find' });
	await browser.advance(500);
	browser.document.canvases = [canvas(made)];
	await browser.advance(2_000);
	assert.deepEqual(kinds(browser), ['designer']);
	browser.document.canvases = [];
	browser.ask({ kind: 'find' });
	assert.deepEqual(kinds(browser), ['designer', 'designer_gone']);
	assert.equal(made.listeners.size, 0);
	const next = newStore();
	browser.document.canvases = [canvas(next)];
	browser.ask({ kind: 'find' });
	browser.ask({ kind: 'find' });
	assert.deepEqual(kinds(browser), ['designer', 'designer_gone', 'designer']);
	assert.equal(next.listeners.size, 1);
	browser.ask({ kind: 'find', again: true });
	assert.deepEqual(kinds(browser).at(-1), 'designer');
	assert.equal(browser.said.length, 4);
	browser.ask({ kind: 'stop' });
	assert.equal(next.listeners.size, 0);
});

test('a reveal dispatches three actions that move the view, and never another', async () => {
	const made = newStore();
	const browser = open(canvas(made));
	browser.ask({ kind: 'find' });
	const node = 'In "scope"';
	browser.ask({ kind: 'reveal', node });
	assert.deepEqual(made.dispatched.map(({ type }) => type), ['workflow/collapseGraphsToShowNode', 'panel/changePanelNode']);
	browser.document.cards.add(`msla-node-${node}`);
	await browser.advance(1_000);
	assert.deepEqual(made.dispatched, ['workflow/collapseGraphsToShowNode', 'panel/changePanelNode', 'workflow/setFocusNode'].map((type) => ({ type, payload: node })));
	assert.deepEqual(browser.said.at(-1), { kind: 'reveal', node, done: true });
	// What the store doesn't know is not revealed by it.
	for (const unknown of ['nowhere', '__proto__', 'constructor', '', null, {}]) browser.ask({ kind: 'reveal', node: unknown });
	for (const said of [{ kind: 'dispatch', type: 'workflow/deleteNode' }, { kind: 'reveal' }, { type: 'workflow/deleteNode' }, null, 'reveal']) browser.ask(said);
	await browser.advance(1_000);
	assert.equal(made.dispatched.length, 3);
});
