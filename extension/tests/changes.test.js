// What was stored changed: whose doing it was, and who must hear of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newBrowser } from './chrome.js';
import { compileCore, start } from './lives.js';

const DOC = '6f929fd3-4538-429a-931b-7d3b1fb8e76c';
const PAGE = 'https://make.powerautomate.com/environments/e/flows/f';
const PANEL = { id: 'lens', url: 'chrome-extension://lens/panel/panel.html' };
const uuid = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const from = (tab = 1, more = {}) => ({ id: 'lens', url: PAGE, frameId: 0, tab: { id: tab, incognito: false, ...more } });
const parcel = (n, event, body, doc = DOC) => ({ v: 1, doc, n, event, ...(body === undefined ? {} : { body }) });
const shown = { kind: 'shown', address: PAGE, at: 1 };
/** Whatever stood in the background's line is done, and what followed from it. */
const settled = async () => {
	for (let i = 0; i < 40; i += 1) await new Promise((resolve) => setImmediate(resolve));
};
const pushes = ({ did }) => did.pushed.splice(0).map(({ tab }) => tab);

for (const isFirefox of [false, true]) {
	const name = isFirefox ? 'Firefox' : 'Chromium';

	test(`${name}: what the worker stored itself is nobody else's doing, in whatever order its parts come back`, async () => {
		const browser = newBrowser({ isFirefox });
		const { send } = await start(browser);
		await send(parcel(1, shown), from());
		for (const x of [1, 2, 2, 3]) await send({ v: 1, doc: DOC, keep: { bar: { x, y: -8, minimised: false } } }, from());
		await settled();
		assert.deepEqual(pushes(browser), []);
	});

	test(`${name}: what somebody else stored is, also where it is what the worker stored before`, async () => {
		const browser = newBrowser({ isFirefox });
		const { send, chrome } = await start(browser);
		await send(parcel(1, shown), from());
		const [one, other] = [{ x: 1, y: 1, minimised: false }, { x: 2, y: 2, minimised: false }];
		for (const bar of [one, one]) await send({ v: 1, doc: DOC, keep: { bar } }, from());
		for (const bar of [other, one]) {
			await chrome.storage.local.set({ bar });
			await settled();
			assert.deepEqual(pushes(browser), [1]);
		}
	});
}

test('who is out of sight is not asked for its picture, and gives the tab no badge', async () => {
	const browser = newBrowser();
	const { send, chrome } = await start(browser);
	await send(parcel(1, shown), from());
	await send(parcel(2, { kind: 'hidden' }), from());
	browser.did.badges.length = 0;
	await chrome.storage.local.set({ settings: { accounts: ['x@y.z'] } });
	await settled();
	assert.deepEqual([pushes(browser), browser.did.badges], [[], []]);
});

test('what is decided in a private window is followed there, whoever stored it', async () => {
	const browser = newBrowser();
	const { send, chrome } = await start(browser);
	await send(parcel(1, shown), from(1, { incognito: true }));
	await chrome.storage.session.set({ private: { settings: { accounts: ['x@y.z'] } } });
	await settled();
	assert.deepEqual(pushes(browser), [1]);
});

test('there are too many documents: those out of sight go first', async () => {
	const browser = newBrowser();
	const { send } = await start(browser);
	await send(parcel(1, shown, undefined, uuid(1)), from(1));
	for (let n = 2; n <= 61; n += 1) {
		await send(parcel(1, { ...shown, at: n }, undefined, uuid(n)), from(n));
		if (n === 40) await send(parcel(2, { kind: 'hidden' }, undefined, uuid(n)), from(n));
	}
	const tabs = browser.areas.session.get('index').map(({ tab }) => tab);
	assert.equal(tabs.length, 60);
	assert.ok(tabs.includes(1) && !tabs.includes(40), 'the oldest is in sight, the fortieth is not');
});

test('an answer to a document that carries two sweeps reaches both', async () => {
	const browser = newBrowser();
	const key = `doc:1:0:${DOC}`;
	for (const sweep of ['sweep:e', 'sweep:f']) browser.areas.local.set(sweep, { fed: [], carrier: key });
	browser.areas.local.set('sweeps', { 'sweep:e': { carrier: key, wants: false }, 'sweep:f': { carrier: key, wants: false } });
	const { send } = await start(browser);
	await send(parcel(1, { ...shown, address: 'https://make.powerautomate.com/environments/g/flows/f' }), from());
	const { asks } = await send(parcel(2, { kind: 'swept', number: 7, status: 200, at: 1, more: false, cut: false }, '{}'), from());
	assert.equal(asks.length, 2);
	assert.deepEqual(['sweep:e', 'sweep:f'].map((sweep) => browser.areas.local.get(sweep).fed.at(-1)), ['swept', 'swept']);
});

test('a sweep that was deleted leaves nothing, whatever was stored of it meanwhile', async () => {
	const browser = newBrowser();
	for (const part of ['sweep:e', 'sweep:e:0', 'sweep:e:7', 'sweep:ef', 'sweep:ef:0']) browser.areas.local.set(part, {});
	browser.areas.local.set('sweeps', { 'sweep:e': { carrier: null, wants: false }, 'sweep:ef': { carrier: null, wants: false } });
	const { chrome } = await start(browser);
	await chrome.storage.local.remove(['sweep:e', 'sweep:e:0']);
	await settled();
	assert.deepEqual([...browser.areas.local.keys()].sort(), ['sweep:ef', 'sweep:ef:0', 'sweeps']);
	assert.deepEqual(Object.keys(browser.areas.local.get('sweeps')), ['sweep:ef']);
});

// ---- with the core itself ----

const ENVIRONMENT = 'Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9';
const FLOW = 'd2642355-a6b8-4662-a418-000000000001';
const RECORD = `flow:${ENVIRONMENT}/${FLOW}`.toLowerCase();
const DESIGNER = `https://make.powerautomate.com/environments/${ENVIRONMENT}/flows/${FLOW}?v3=true`;
const API = `https://default1f2e3d4c5b6a49788695a4b3c2d1e0.f9.environment.api.powerplatform.com/powerautomate/flows/${FLOW}`;
const reading = (address, at) => ({ kind: 'captured', method: 'GET', address, status: 200, at, asked: false });
const flow = JSON.stringify({
	name: FLOW,
	properties: {
		displayName: 'Invoice approval',
		definition: { triggers: { manual: { type: 'Request' } }, actions: { Send: { type: 'OpenApiConnection', runAfter: {}, inputs: { host: { connectionName: 'a', apiId: '/providers/Microsoft.PowerApps/apis/shared_office365' } } } } },
		connectionReferences: { a: { connectionName: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', source: 'Embedded', id: '/providers/Microsoft.PowerApps/apis/shared_office365' } },
	},
});
const picker = JSON.stringify([
	{
		name: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
		id: '/providers/Microsoft.PowerApps/apis/shared_office365/connections/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
		properties: { apiId: '/providers/Microsoft.PowerApps/apis/shared_office365', displayName: 'ana@contoso.com', accountName: 'ana@contoso.com', statuses: [{ status: 'Connected' }], createdBy: { id: 'x', displayName: 'Ana', email: 'ana@contoso.com' } },
	},
]);
const read = async (send, tab, doc) => {
	await send(parcel(1, { kind: 'shown', address: DESIGNER, at: 1 }, undefined, doc), from(tab));
	await send(parcel(2, reading(`${API}?api-version=1`, 2), flow, doc), from(tab));
	return send(parcel(3, reading(`${API}/connections?api-version=1`, 3), picker, doc), from(tab));
};

test('a record that a person deletes is not begun anew because its flow is open; the next reading does that', async () => {
	await compileCore();
	const browser = newBrowser();
	browser.areas.local.set('settings', { accounts: ['svc@contoso.com'], sign_in_alone: false, rules: [], extra_requests: true });
	const { send, chrome } = await start(browser, { hasCore: true });
	await read(send, 1, DOC);
	await settled();
	const key = [...browser.areas.local.keys()].find((known) => known.startsWith('flow:'));
	assert.equal(key?.toLowerCase(), RECORD);
	await chrome.storage.local.remove(key);
	await settled();
	assert.deepEqual([...browser.areas.local.keys()], ['settings']);
	await send(parcel(4, reading(`${API}?api-version=1`, 4), flow), from());
	await settled();
	assert.ok(browser.areas.local.get(key).first_look);
});

test('two tabs with one flow: what is decided in one is shown in the other, and it ends there', async () => {
	await compileCore();
	const browser = newBrowser();
	const { send } = await start(browser, { hasCore: true });
	await read(send, 1, DOC);
	await read(send, 2, uuid(2));
	await settled();
	browser.did.pushed.length = 0;
	await send({ to: 'session', key: `doc:1:0:${DOC}`, event: { kind: 'intend', accounts: ['svc@contoso.com'], scope: 'flow', at: 9 } }, PANEL);
	await settled();
	assert.deepEqual(browser.did.pushed.map(({ tab, message }) => [tab, message.outcome.paint.bar.headline.key]), [[1, 'bar_to_change'], [2, 'bar_to_change']]);
});
