// A sweep's requests inside the page, and its way through the background.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from './browser.js';
import { newBrowser, newLifetime, sample } from './chrome.js';
import { start } from './lives.js';

const ENVIRONMENT = 'Default-11111111-2222-3333-4444-55555555abCD';
const HOST = 'https://default1111111122223333444455555555ab.cd.environment.api.powerplatform.com';
const OLDER = 'https://emea.api.flow.microsoft.com/providers/Microsoft.ProcessSimple/environments';
const FLOW = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
const LIST = `${HOST}/powerautomate/flows?api-version=1&$top=50&include=includeSolutionCloudFlows`;
const TOKEN = `Bearer ${Buffer.from('{}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.canary`;

const ask = (number, what, more = {}) => ({ kind: 'ask', what, environment: ENVIRONMENT, flow: what.startsWith('flow_') || what === 'flow' ? FLOW : '', after: 0, seen: 0, number, ...more });
const uses = async (browser, url) => {
	browser.page(`{ const x = new XMLHttpRequest(); x.open('GET', url); x.setRequestHeader('Authorization', token); x.send(); }`, { url, token: TOKEN });
	await browser.settle();
};
const ours = (browser) => browser.requests.filter(({ headers }) => headers.accept === 'application/json').map(({ method, url }) => `${method} ${url}`);
const told = (browser, number) => browser.said.find((said) => said.number === number && said.kind !== 'captured');

test('an ask of a sweep is one request, whatever the page loads by itself, and the same number asks once', async () => {
	const browser = openPage({ answer: () => ({ body: '{"value":[]}' }) });
	await uses(browser, LIST);
	for (let again = 0; again < 3; again += 1) browser.ask(ask(1, 'flows', { page: 0 }));
	browser.ask(ask(2, 'shared_flows', { page: 0 }));
	await browser.advance(1_000);
	assert.deepEqual(ours(browser), [`GET ${LIST}`, `GET ${HOST}/powerautomate/flows?api-version=1&$top=50&$filter=search(%27team%27)&include=includeSolutionCloudFlows`]);
	const { kind, status, more, cut, text } = told(browser, 1);
	assert.deepEqual({ kind, status, more, cut, text }, { kind: 'swept', status: 200, more: false, cut: false, text: '{"value":[]}' });
	assert.ok(!JSON.stringify(browser.said).includes('canary'));
});

test('the older service is asked where the page uses that', async () => {
	const browser = openPage();
	await uses(browser, `${OLDER}/${ENVIRONMENT}/flows?api-version=2016-11-01`);
	browser.ask(ask(1, 'flows', { page: 0 }));
	browser.ask(ask(2, 'shared_flows', { page: 0 }));
	await browser.advance(1_000);
	assert.deepEqual(ours(browser).map((url) => decodeURI(url)), ['personal', 'team'].map((whose) => `GET ${OLDER}/${ENVIRONMENT}/flows?api-version=2016-11-01&$filter=search('${whose}')&include=includeSolutionCloudFlows`));
});

test('a list goes on where the page’s own token goes, and nowhere else', async () => {
	let next = '';
	const browser = openPage({ answer: () => ({ body: JSON.stringify({ value: [], nextLink: next }) }) });
	await uses(browser, LIST);
	const page = `${HOST}/powerautomate/flows?api-version=1&$skiptoken=2`;
	let number = 0;
	for (const [link, followed] of [
		[page, page],
		[page.replace('.com/', '.com:11777/'), page],
		['https://evil.example/powerautomate/flows', ''],
		[page.replace('https', 'http'), ''],
		[`${HOST}/connectivity/flows`, ''],
		[`${HOST}/powerautomate/flows/${FLOW}`, ''],
		[page.replace('.com/', '.com:8443/'), ''],
		['https://user@evil.example:11777/powerautomate/flows', ''],
		['::', ''],
	]) {
		next = link;
		browser.ask(ask((number += 1), 'flows', { page: 0 }));
		await browser.advance(1_000);
		const { more, cut } = told(browser, number);
		assert.deepEqual({ more, cut }, { more: followed !== '', cut: followed === '' }, link);
		const before = ours(browser).length;
		browser.ask(ask((number += 1), 'flows', { page: 1 }));
		await browser.advance(1_000);
		const asked = ours(browser).slice(before);
		// What an answer before led to is forgotten only with the next page: nothing is asked for twice.
		if (followed) assert.deepEqual(asked, [`GET ${followed}`]);
		else assert.ok(asked.every((url) => url === `GET ${page}`), link);
	}
	browser.ask(ask(100, 'flows', { page: 7 }));
	await browser.advance(1_000);
	assert.equal(told(browser, 100).why, 'no_page');
});

test('each flow’s own list of connections goes on by itself', async () => {
	const another = FLOW.replaceAll('a', 'f');
	const list = (flow) => `${HOST}/powerautomate/flows/${flow}/connections?api-version=1`;
	const browser = openPage({ answer: ({ url }) => ({ body: JSON.stringify({ value: [], nextLink: url.includes('skiptoken') ? undefined : `${url}&$skiptoken=2` }) }) });
	await uses(browser, LIST);
	for (const [number, flow] of [[1, FLOW], [2, another]]) browser.ask(ask(number, 'flow_connections', { flow }));
	await browser.advance(1_000);
	for (const [number, flow] of [[3, another], [4, FLOW]]) browser.ask(ask(number, 'flow_connections', { flow, page: 1 }));
	await browser.advance(1_000);
	assert.deepEqual(ours(browser), [list(FLOW), list(another), `${list(another)}&$skiptoken=2`, `${list(FLOW)}&$skiptoken=2`].map((url) => `GET ${url}`));
	assert.deepEqual([1, 2, 3, 4].map((number) => told(browser, number).more), [true, true, false, false]);
});

test('without a token nothing is asked, and it is told; a refused one is not used again', async () => {
	let status = 401;
	const browser = openPage({ answer: ({ headers }) => ({ status: headers.accept ? status : 200, body: '{}' }) });
	browser.ask(ask(1, 'flow'));
	await browser.advance(31_000);
	assert.deepEqual([told(browser, 1).kind, told(browser, 1).why], ['unswept', 'no_token']);
	await uses(browser, LIST);
	browser.ask(ask(2, 'flow'));
	await browser.advance(1_000);
	assert.equal(told(browser, 2).status, 401);
	browser.ask(ask(3, 'flow'));
	await browser.advance(20_000);
	assert.equal(ours(browser).length, 1, 'the token that was refused is forgotten');
	status = 200;
	await uses(browser, LIST);
	await browser.advance(1_000);
	assert.equal(told(browser, 3).status, 200);
	browser.ask(ask(4, 'flow', { after: 5_000 }));
	await browser.advance(4_000);
	assert.equal(told(browser, 4), undefined);
	await browser.advance(2_000);
	assert.equal(told(browser, 4).status, 200);
});

test('what is no ask of a sweep asks for nothing', async () => {
	const browser = openPage();
	await uses(browser, LIST);
	for (const bad of [ask('1', 'flows'), ask(1, 'flow', { flow: '../x' }), ask(1, 'flows', { flow: '../x' }), ask(1, 'flows', { environment: 'evil.example/' }), ask(1, 'evil'), { ...ask(1, 'flows'), number: undefined }]) browser.ask(bad);
	await browser.advance(40_000);
	assert.deepEqual(ours(browser), []);
});

// ---- the background ----

const DOC = '6f929fd3-4538-429a-931b-7d3b1fb8e76c';
const OTHER = '6f929fd3-4538-429a-931b-7d3b1fb8e77d';
const PAGE = 'https://make.powerautomate.com/environments/e/flows';
const from = (tab = 1) => ({ id: 'lens', url: PAGE, frameId: 0, tab: { id: tab, incognito: false } });
const parcel = (n, event, body, doc = DOC) => ({ v: 1, doc, n, event, ...(body === undefined ? {} : { body }) });
const shown = { kind: 'shown', address: PAGE, at: 1 };
const page = { id: 'lens', url: 'chrome-extension://lens/sweep/sweep.html' };
const wanted = (kind) => ({ to: 'sweep', key: 'sweep:e', event: { kind, at: 1 } });
const swept = sample('sweep-swept');
const fed = (browser) => browser.areas.local.get('sweep:e')?.fed;

test('a sweep is begun, carried by a document of its environment, and answered with what to ask next', async () => {
	const browser = newBrowser();
	const { send } = await start(browser);
	await send(parcel(1, shown), from());
	assert.deepEqual(await send(wanted('start'), page), {});
	assert.deepEqual(fed(browser), ['start', 'here']);
	assert.equal(browser.did.pushed.at(-1).message.outcome.asks[0].number, 2);
	assert.deepEqual((await send(parcel(2, swept, '{}'), from())).asks.map(({ number }) => number), [3]);
	// Another document doesn't carry: what it tells is nothing.
	await send(parcel(1, { ...shown, address: 'https://make.powerautomate.com/environments/x/flows' }, undefined, OTHER), from(2));
	assert.deepEqual(await send(parcel(2, swept, '{}', OTHER), from(2)), { version: 1 });
	for (const [message, sender] of [
		[wanted('swept'), page],
		[{ ...wanted('start'), key: 'settings' }, page],
		[wanted('start'), { ...page, url: 'chrome-extension://lens/panel/panel.html' }],
		[wanted('start'), from()],
	]) {
		assert.equal(await send(message, sender), undefined);
	}
	assert.deepEqual(fed(browser), ['start', 'here', 'swept']);
});

test('when the tab goes another one of the environment goes on, and without one the next that comes', async () => {
	const browser = newBrowser();
	const { send, chrome } = await start(browser);
	await send(parcel(1, shown), from());
	await send(wanted('start'), page);
	await send(parcel(1, shown, undefined, OTHER), from(2));
	for (const listener of chrome.tabs.onRemoved.all) listener(1);
	await send(parcel(2, { kind: 'found', count: 1 }, undefined, OTHER), from(2));
	assert.equal(browser.did.pushed.at(-1).tab, 2);
	assert.deepEqual(fed(browser), ['start', 'here', 'gone', 'here']);
	await send(parcel(3, { kind: 'hidden' }, undefined, OTHER), from(2));
	assert.equal(browser.areas.local.get('sweeps')['sweep:e'].wants, true);
	const back = await send(parcel(1, shown, undefined, DOC.replace('6f', '7f')), from(3));
	assert.equal(back.asks.at(-1).number, fed(browser).length);
	assert.equal(fed(browser).at(-1), 'here');
});

test('stopped at any step, a sweep’s answer is taken in, and the same parcel never twice in one life', async () => {
	for (const takesEffect of [false, true]) {
		for (let last = 1; last < 12; last += 1) {
			const browser = newBrowser();
			{
				const { send } = await start(browser);
				await send(parcel(1, shown), from());
				await send(wanted('start'), page);
			}
			const lifetime = newLifetime(last, takesEffect);
			const { send } = await start(browser, { lifetime });
			await Promise.race([send(parcel(2, swept, '{}'), from()), lifetime.over, new Promise((resolve) => setTimeout(resolve, 30))]);
			const { send: again } = await start(browser);
			const answer = await again(parcel(2, swept, '{}'), from());
			assert.ok(answer.asks.length > 0, `stopped at ${last}: the next asks come`);
			assert.ok(fed(browser).includes('swept'), `stopped at ${last}`);
			assert.deepEqual((await again(parcel(2, swept, '{}'), from())).asks, answer.asks);
		}
	}
});

test('what the browser can’t store didn’t happen: the sweep rests, whoever told it hears why, and with room it goes on', async () => {
	const browser = newBrowser();
	const { send, chrome } = await start(browser);
	await send(parcel(1, shown), from());
	await send(wanted('start'), page);
	const before = fed(browser);
	// Whatever is larger than what stands there is refused from now on.
	const stands = JSON.stringify([...browser.areas.local]).length;
	const { set } = chrome.storage.local;
	chrome.storage.local.set = async (items) => {
		if (JSON.stringify([...new Map([...browser.areas.local, ...Object.entries(items)])]).length > stands) throw new Error('quota');
		return set(items);
	};
	assert.deepEqual(await send(parcel(2, swept, '{}'), from()), { error: 'storage' });
	assert.deepEqual(fed(browser), [...before, 'full']);
	assert.deepEqual(await send(wanted('continue'), page), { error: 'storage' });
	chrome.storage.local.set = set;
	assert.deepEqual(await send(wanted('continue'), page), {});
	assert.ok(browser.did.pushed.at(-1).message.outcome.asks.length > 0);
	assert.equal(fed(browser).at(-1), 'continue');
});
