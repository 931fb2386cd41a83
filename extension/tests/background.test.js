import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newBrowser, sample } from './chrome.js';
import { start } from './lives.js';

const DOC = '6f929fd3-4538-429a-931b-7d3b1fb8e76c';
const PAGE = 'https://make.powerautomate.com/environments/e/flows/f';
const from = (tab = 1, more = {}) => ({ id: 'lens', url: PAGE, frameId: 0, tab: { id: tab, incognito: false }, ...more });
const panel = { id: 'lens', url: 'chrome-extension://lens/panel/panel.html' };
const parcel = (n, event, body, doc = DOC) => ({ v: 1, doc, n, event, ...(body === undefined ? {} : { body }) });
const shown = { kind: 'shown', address: PAGE, at: 1 };
const uuid = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const state = (browser, key) => JSON.parse(browser.areas.session.get(key) ?? 'null');

test('an event is fed, stored and answered', async () => {
	const browser = newBrowser();
	const { send } = await start(browser);
	const answer = await send(parcel(1, shown), from());
	assert.equal(answer.paint.bar.flow, PAGE);
	assert.deepEqual(state(browser, `doc:1:0:${DOC}`).fed, ['shown']);
	assert.deepEqual((await send(parcel(2, sample('event-captured'), '{"a":"ü"}'), from())).asks.length, 1);
	assert.deepEqual(state(browser, `doc:1:0:${DOC}`).fed, ['shown', 'captured10']);
	assert.deepEqual(browser.did.badges, [[1, '1'], [1, '2']]);
	assert.deepEqual(browser.did.access, ['session TRUSTED_CONTEXTS', 'local TRUSTED_CONTEXTS']);
});

test('a page that goes is out of sight, whatever frame its last word seems to come from', async () => {
	const browser = newBrowser();
	const { send } = await start(browser);
	await send(parcel(1, shown), from());
	await send(parcel(2, { kind: 'hidden' }), from(1, { frameId: 3 }));
	const index = () => browser.areas.session.get('index').map(({ key, hasFlow }) => [key, hasFlow]);
	assert.deepEqual(index(), [[`doc:1:0:${DOC}`, false]]);
	assert.deepEqual(state(browser, `doc:1:0:${DOC}`).fed, ['shown', 'hidden']);
	// It comes again, because the answer was lost; and one that nobody knows.
	await send(parcel(2, { kind: 'hidden' }), from(1, { frameId: 3 }));
	await send(parcel(1, { kind: 'hidden' }, undefined, uuid(7)), from(1, { frameId: 4 }));
	assert.deepEqual(state(browser, `doc:1:0:${DOC}`).fed, ['shown', 'hidden']);
	assert.deepEqual(index(), [[`doc:1:0:${DOC}`, false]]);
});

test('a page that is gone stays out of sight when settings change', async () => {
	const browser = newBrowser();
	const { send } = await start(browser);
	await send(parcel(1, shown), from(1));
	await send(parcel(2, { kind: 'hidden' }), from(1));
	await send(parcel(1, shown, undefined, uuid(2)), from(2));
	await send({ to: 'session', key: `doc:2:0:${uuid(2)}`, event: sample('event-intend') }, panel);
	const inSight = () => browser.areas.session.get('index').filter(({ hasFlow }) => hasFlow).map(({ tab }) => tab);
	assert.deepEqual(inSight(), [2]);
	// Back again, it is in sight.
	await send(parcel(3, shown), from(1));
	assert.deepEqual(inSight(), [2, 1]);
});

test('a page without a flow starts no core; what it said is there when one starts', async () => {
	const browser = newBrowser();
	const HOME = 'https://make.powerautomate.com/environments/e/home';
	const key = `doc:1:0:${DOC}`;
	globalThis.coresStarted = 0;
	const { send } = await start(browser);
	assert.equal((await send(parcel(1, { ...shown, address: HOME }), from())).paint, undefined);
	const again = await start(browser);
	assert.deepEqual((await again.send(parcel(2, { kind: 'signed_in', account: uuid(1), tenant: uuid(2) }), from())).error, undefined);
	const list = { kind: 'captured', method: 'GET', address: 'https://api.flow.microsoft.com/providers/Microsoft.ProcessSimple/environments/e/flows?api-version=1', status: 200, at: 1, asked: false };
	assert.equal((await again.send(parcel(3, list, '{"value":[]}'), from())).again, false);
	assert.deepEqual(state(browser, key).map(({ kind }) => kind), ['shown', 'signed_in']);
	assert.equal(browser.areas.session.get('index')[0].hasFlow, false);
	// Another page in the same tab: the one before is out of sight.
	await again.send(parcel(1, { ...shown, address: HOME, at: 2 }, undefined, uuid(8)), from());
	await again.send(parcel(1, { ...shown, address: HOME, at: 3 }, undefined, uuid(9)), from());
	assert.deepEqual(state(browser, key).map(({ kind }) => kind), ['shown', 'signed_in', 'hidden'], 'and that is told once');
	assert.equal(globalThis.coresStarted, 0);
	// A flow in the same document.
	const { paint } = await again.send(parcel(2, { ...shown, at: 4 }, undefined, uuid(9)), from());
	assert.equal(paint.bar.flow, PAGE);
	assert.deepEqual(state(browser, `doc:1:0:${uuid(9)}`).fed, ['shown', 'shown']);
	assert.equal(globalThis.coresStarted, 1);
});

test('without a flow, what is said again and again isn\'t held without end', async () => {
	const browser = newBrowser();
	const { send } = await start(browser);
	for (let n = 1; n <= 21; n += 1) await send(parcel(n, { ...shown, address: 'https://make.powerautomate.com/environments/e/home', at: n }), from());
	assert.equal(state(browser, `doc:1:0:${DOC}`).fed.length, 21);
});

test('a worker that is stopped at any step: nothing is lost, nothing is done twice', async () => {
	const events = [shown, sample('event-captured'), { kind: 'step', forward: true }, { kind: 'highlight', on: true }, { kind: 'step', forward: true }];
	const wanted = ['shown', 'captured2', 'step', 'highlight', 'step'];
	// Stopped before it is fed (the parcel comes to the next life only), and after it was stored (the answer is lost, the parcel comes again).
	for (const lost of ['message', 'answer']) {
		const browser = newBrowser();
		const answers = [];
		for (const [index, event] of events.entries()) {
			const message = parcel(index + 1, event, event.kind === 'captured' ? '{}' : undefined);
			if (lost === 'answer') {
				const { send } = await start(browser);
				await send(message, from());
			}
			const { send } = await start(browser);
			answers.push(await send(message, from()));
		}
		assert.deepEqual(state(browser, `doc:1:0:${DOC}`).fed, wanted, lost);
		assert.equal(answers[1].asks.length, 1, 'the ask that was lost with the answer comes again');
		assert.deepEqual([answers[2].reveal.node, answers[4].reveal.node], ['n3', 'n5']);
		assert.ok(answers.every(({ paint }) => paint.bar.flow === PAGE));
	}
});

test('messages of others are dropped, silently and counted', async () => {
	const browser = newBrowser();
	const { send, counts } = await start(browser);
	const good = parcel(1, shown);
	const bad = [
		[good, { ...from(), id: 'another' }],
		[good, { ...from(), tab: undefined }],
		[good, { ...from(), frameId: undefined }],
		[good, { ...from(), url: undefined }],
		[good, { ...from(), url: 'https://make.powerautomate.com.evil.example/' }],
		[good, { ...from(), url: 'http://make.powerautomate.com/' }],
		[good, { ...from(), url: 'about:blank' }],
		[{ ...good, v: 2 }, from()],
		[{ ...good, doc: '../index' }, from()],
		[{ ...good, doc: 7 }, from()],
		[{ ...good, n: '1' }, from()],
		[{ ...good, event: null }, from()],
		[{ ...good, event: { kind: 'constructor' } }, from()],
		[{ ...good, event: { kind: 'shown', address: 'x'.repeat(40_000) } }, from()],
		[{ ...good, body: 7 }, from()],
		[{ ...good, body: 'x'.repeat(16 * 1024 * 1024 + 1) }, from()],
		[{ v: 1, doc: DOC, keep: { bar: { x: 'a', y: 0 } } }, from()],
		[{ to: 'session', key: `doc:1:0:${DOC}`, event: { kind: 'look' } }, from()],
		[{ to: 'session', key: `doc:1:0:${DOC}`, event: { kind: 'look' } }, { ...panel, url: 'chrome-extension://other/panel/' }],
		[{ to: 'session', key: 7, event: { kind: 'look' } }, panel],
		[{ to: 'session', key: 'x', event: { kind: 'captured' } }, panel],
		[null, from()],
		['text', from()],
		[undefined, panel],
	];
	// What people decide in the panel, a page can't decide.
	for (const kind of ['intend', 'sign_in_alone', 'tick', 'tick_item', 'dismiss', 'note', 'undo', 'reset', 'refresh']) bad.push([parcel(1, sample(`event-${kind}`)), from()]);
	for (const [message, sender] of bad) assert.equal(await send(message, sender), undefined, JSON.stringify(message)?.slice(0, 99));
	assert.equal(counts.dropped, bad.length);
	assert.equal(browser.areas.session.size, 0);
	assert.equal(browser.areas.local.size, 0);
});

test('the panel decides: the document shows it, and other documents hear of a change of settings', async () => {
	const browser = newBrowser();
	const { send } = await start(browser);
	await send(parcel(1, shown), from(1));
	await send(parcel(1, shown, undefined, uuid(2)), from(2));
	await send(parcel(1, shown, undefined, uuid(3)), from(3, { tab: { id: 3, incognito: true } }));
	assert.deepEqual(await send({ to: 'session', key: `doc:1:0:${DOC}`, event: sample('event-intend') }, panel), {});
	assert.deepEqual(browser.did.pushed.map(({ tab, frameId, message }) => [tab, frameId, message.doc, message.outcome.keep]), [[1, 0, DOC, undefined], [2, 0, uuid(2), undefined]]);
	assert.deepEqual(browser.areas.local.get('settings'), { accounts: sample('event-intend').accounts });
	// And the core has read the settings before the next event.
	assert.deepEqual(browser.did.pushed[1].message.outcome.paint.accounts, sample('event-intend').accounts);
	assert.deepEqual(await send({ to: 'session', key: 'doc:9:0:x', event: { kind: 'look' } }, panel), { error: 'gone' });
});

test('a private window leaves nothing on disk, and nothing of it reaches the others', async () => {
	const browser = newBrowser();
	const { send } = await start(browser);
	const secret = from(3, { tab: { id: 3, incognito: true } });
	await send(parcel(1, shown, undefined, uuid(3)), secret);
	await send({ to: 'session', key: `doc:3:0:${uuid(3)}`, event: sample('event-intend') }, panel);
	await send({ v: 1, doc: uuid(3), keep: { bar: { x: 1, y: 2, minimised: true } } }, secret);
	assert.equal(browser.areas.local.size, 0);
	const again = await start(browser);
	const answer = await again.send(parcel(2, shown, undefined, uuid(3)), secret);
	assert.deepEqual(answer.paint.accounts, sample('event-intend').accounts);
	assert.deepEqual(answer.bar, { x: 1, y: 2, minimised: true });
	const other = await again.send(parcel(1, shown), from(1));
	assert.equal(other.paint.accounts, undefined);
	assert.equal(other.bar, undefined);
});

test('with the last private window everything of it goes, in memory too', async () => {
	const browser = newBrowser();
	const { send, chrome } = await start(browser);
	const secret = from(3, { tab: { id: 3, incognito: true } });
	await send(parcel(1, shown, undefined, uuid(3)), secret);
	await send({ to: 'session', key: `doc:3:0:${uuid(3)}`, event: sample('event-intend') }, panel);
	const [windowClosed] = chrome.windows.onRemoved.all;
	const [tabClosed] = chrome.tabs.onRemoved.all;
	browser.did.windows = [{ incognito: false }, { incognito: true }];
	windowClosed(7);
	await send(parcel(2, { kind: 'look' }, undefined, uuid(3)), secret);
	assert.ok(browser.areas.session.has('private'), 'another private window is open still');
	for (const key of ['sweeps', 'sweep:e/a', 'sweep:e/a:0']) browser.areas.session.set(key, {});
	browser.areas.local.set('sweep:e/a', {});
	browser.did.windows = [{ incognito: false }];
	tabClosed(3);
	windowClosed(8);
	const next = from(4, { tab: { id: 4, incognito: true } });
	assert.equal((await send(parcel(1, shown, undefined, uuid(4)), next)).paint.accounts, undefined);
	assert.deepEqual([...browser.areas.session.keys()].filter((key) => key === 'private' || key.startsWith('sweep') || key.includes(':3:')), []);
	assert.ok(browser.areas.local.has('sweep:e/a'), 'what ordinary windows swept stays');
});

test('the bar stays where it was put', async () => {
	const browser = newBrowser();
	const { send } = await start(browser);
	await send({ v: 1, doc: DOC, keep: { bar: { x: 10, y: -20, minimised: 1, more: 'x' }, settings: {} } }, from());
	assert.deepEqual([...browser.areas.local], [['bar', { x: 10, y: -20, minimised: false }]]);
	assert.deepEqual((await send(parcel(1, shown), from())).bar, { x: 10, y: -20, minimised: false });
});

test('the panel opens at once, before anything is awaited', async () => {
	const browser = newBrowser();
	const { chrome } = await start(browser);
	const [listener] = chrome.runtime.onMessage.all;
	listener({ v: 1, doc: DOC, open: 'panel' }, from(7), () => {});
	assert.deepEqual(browser.did.opened, [7]);
	listener({ v: 1, doc: DOC, open: 'panel' }, from(7, { url: 'https://evil.example/' }), () => {});
	assert.deepEqual(browser.did.opened, [7]);
});

test('where the browser wants a press on its own button, the answer names the key', async () => {
	for (const isFirefox of [false, true]) {
		const { send } = await start(newBrowser({ isFirefox, gesture: false }));
		assert.deepEqual(await send({ v: 1, doc: DOC, open: 'panel' }, from(7)), { key: 'Alt+Shift+L' });
	}
	const { send } = await start(newBrowser());
	assert.deepEqual(await send({ v: 1, doc: DOC, open: 'panel' }, from(7)), {});
});

test("Firefox's toolbar button opens and closes the sidebar; while it is open nobody is told how to open it", async () => {
	const browser = newBrowser({ isFirefox: true });
	const { chrome, send } = await start(browser);
	const [clicked] = chrome.action.onClicked.all;
	clicked({ id: 7 });
	assert.deepEqual(browser.did.opened, ['toggled']);
	assert.deepEqual(await send({ v: 1, doc: DOC, open: 'panel' }, from(7)), {});
});

test('commands go to the document in sight that shows a flow', async () => {
	const browser = newBrowser();
	const { send, chrome } = await start(browser);
	const [command] = chrome.commands.onCommand.all;
	await send(parcel(1, shown), from(1));
	await send(parcel(1, { kind: 'shown', address: '', at: 1 }, undefined, uuid(2)), from(1, { frameId: 5 }));
	await send(parcel(1, shown, undefined, uuid(3)), from(2));
	command('next', { id: 1 });
	command('unknown', { id: 1 });
	command('next', undefined);
	command('next', { id: 99 });
	await send(parcel(2, { kind: 'look' }), from(1));
	assert.deepEqual(browser.did.pushed.map(({ message, frameId }) => [message.doc, frameId, message.outcome.reveal.node]), [[DOC, 0, 'n2']]);
	// A page that was left takes no commands.
	await send(parcel(3, { kind: 'hidden' }), from(1));
	command('next', { id: 1 });
	await send(parcel(4, { kind: 'look' }), from(1));
	assert.equal(browser.did.pushed.length, 1);
});

test('a frame without a flow does not clear the number of the frame that has one', async () => {
	const browser = newBrowser();
	const { send } = await start(browser);
	// Heard of before the page around it, though that was there first.
	await send(parcel(1, shown), from(1, { frameId: 5 }));
	await send(parcel(1, { kind: 'shown', address: '', at: 0 }, undefined, uuid(2)), from(1));
	assert.deepEqual(browser.did.badges, [[1, '1']]);
	assert.deepEqual(state(browser, `doc:1:5:${DOC}`).fed, ['shown']);
});

test('what an earlier version stored is set aside, and the document tells everything anew', async () => {
	const browser = newBrowser();
	browser.areas.session.set(`doc:1:0:${DOC}`, '{"version":1}');
	browser.areas.session.set('index', [{ key: `doc:1:0:${DOC}`, tab: 1, frame: 0, doc: DOC, isPrivate: false, hasFlow: true }]);
	const { send } = await start(browser);
	assert.equal((await send(parcel(7, { kind: 'highlight', on: true }), from())).again, true);
	assert.deepEqual(state(browser, `doc:1:0:${DOC}`).fed, ['highlight']);
	assert.equal((await send(parcel(8, shown), from())).paint.bar.flow, PAGE);
});

test('a closed tab is forgotten; the oldest documents go first', async () => {
	const browser = newBrowser();
	const { send, chrome } = await start(browser);
	for (let n = 0; n < 10; n += 1) await send(parcel(1, shown, undefined, uuid(n)), from(1));
	assert.deepEqual(browser.areas.session.get('index').map(({ doc }) => doc), [2, 3, 4, 5, 6, 7, 8, 9].map(uuid));
	for (let n = 100; n < 170; n += 1) await send(parcel(1, shown, undefined, uuid(n)), from(n));
	assert.equal(browser.areas.session.get('index').length, 60);
	assert.equal([...browser.areas.session.keys()].filter((key) => key.startsWith('doc:')).length, 60);
	const [closed] = chrome.tabs.onRemoved.all;
	closed(169);
	await send(parcel(2, shown, undefined, uuid(168)), from(168));
	assert.ok(![...browser.areas.session.keys()].some((key) => key.includes(':169:')));
	// One that was forgotten, and is looked at again, is asked to tell everything anew.
	assert.equal((await send(parcel(2, { kind: 'highlight', on: true }, undefined, uuid(9)), from(1))).again, true);
});

test('full storage: the others go, the document in use stays', async () => {
	const browser = newBrowser({ most: 2_500 });
	const { send } = await start(browser);
	for (let n = 0; n < 12; n += 1) assert.equal((await send(parcel(1, shown, undefined, uuid(n)), from(n))).error, undefined);
	assert.ok(browser.areas.session.has(`doc:11:0:${uuid(11)}`));
});

test('storage that takes nothing more: said, and nothing passes for kept that is not', async () => {
	const { error } = console;
	const logged = [];
	console.error = (...said) => logged.push(said.join(' '));
	try {
		const browser = newBrowser({ most: 1_200 });
		const { send } = await start(browser);
		await send(parcel(1, shown), from());
		let answer = {};
		for (let n = 2; n < 200 && !answer.error; n += 1) answer = await send(parcel(n, { kind: 'look' }, 'x'.repeat(n)), from());
		// (The stand-in for the core grows with each event that isn't a look.)
		for (let n = 200; n < 400 && !answer.error; n += 1) answer = await send(parcel(n, sample('event-captured'), '{}'), from());
		assert.deepEqual(answer, { error: 'storage' });

		const disk = newBrowser({ mostLocal: 20 });
		const life = await start(disk);
		await life.send(parcel(1, shown), from());
		assert.deepEqual(await life.send({ to: 'session', key: `doc:1:0:${DOC}`, event: sample('event-intend') }, panel), { error: 'storage' });
		assert.equal(disk.areas.local.size, 0);
		assert.equal((await life.send(parcel(2, { kind: 'look' }), from())).paint.accounts, undefined);
		assert.deepEqual(await life.send({ v: 1, doc: DOC, keep: { bar: { x: 1, y: 2, minimised: true } } }, from()), {});
		assert.deepEqual(new Set(logged), new Set(['Connection Lens: StorageError']));
	} finally {
		console.error = error;
	}
});

test('a trap: said, and the next event goes on with what was stored', async () => {
	const browser = newBrowser();
	const { send } = await start(browser);
	const { error } = console;
	const logged = [];
	console.error = (...said) => logged.push(said.join(' '));
	try {
		await send(parcel(1, shown), from());
		assert.deepEqual(await send(parcel(2, { kind: 'designer', address: 'trap', at: 1 }), from()), { error: 'worker' });
		assert.deepEqual(await send(parcel(3, { kind: 'designer', address: 'refuse', at: 1 }), from()), { error: 'refused' });
		assert.equal((await send(parcel(4, { kind: 'found', count: 1 }), from())).paint.bar.flow, PAGE);
		assert.deepEqual(state(browser, `doc:1:0:${DOC}`).fed, ['shown', 'found']);
		assert.deepEqual(logged, ['Connection Lens: RuntimeError', 'Connection Lens: Error']);
	} finally {
		console.error = error;
	}
});

for (const isFirefox of [false, true]) test(`a separate cloud${isFirefox ? ' in Firefox' : ''}: our two scripts once it is allowed, again after an update, and gone when it is taken back`, async () => {
	const browser = newBrowser({ isFirefox });
	const { chrome } = await start(browser);
	const happen = async (event) => {
		for (const listener of event.all) listener({});
		await new Promise((resolve) => setTimeout(resolve, 5));
		return browser.did.registered.map(({ id, matches, js }) => [id, matches[0], js[0]]);
	};
	assert.deepEqual(await happen(chrome.runtime.onInstalled), []);
	browser.did.allowed = ['https://make.gov.powerautomate.us/*', 'https://make.gov.powerapps.us/*'];
	const ours = [['gcc-MAIN', 'https://make.gov.powerautomate.us/*', 'page.js'], ['gcc-ISOLATED', 'https://make.gov.powerautomate.us/*', 'content/words.js']];
	assert.deepEqual(await happen(chrome.permissions.onAdded), ours);
	browser.did.registered = [];
	assert.deepEqual(await happen(chrome.runtime.onInstalled), ours);
	browser.did.allowed = [];
	assert.deepEqual(await happen(chrome.permissions.onRemoved), []);
});

test('a new page in a tab: what stood there before, in all frames, is out of sight', async () => {
	const browser = newBrowser();
	const { send } = await start(browser);
	await send(parcel(1, shown, undefined, uuid(1)), from(1));
	await send(parcel(1, shown, undefined, uuid(2)), from(1, { frameId: 5 }));
	await send(parcel(1, shown, undefined, uuid(3)), from(2));
	assert.deepEqual(state(browser, `doc:1:0:${uuid(1)}`).fed, ['shown']);
	await send(parcel(1, shown, undefined, uuid(4)), from(1));
	for (const key of [`doc:1:0:${uuid(1)}`, `doc:1:5:${uuid(2)}`]) assert.deepEqual(state(browser, key).fed, ['shown', 'hidden']);
	assert.deepEqual(state(browser, `doc:2:0:${uuid(3)}`).fed, ['shown']);
});
