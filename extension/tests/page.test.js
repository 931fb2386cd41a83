import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from './browser.js';

const ENVIRONMENT = 'Default-11111111-2222-3333-4444-55555555abCD';
const ENVHOST = 'https://default1111111122223333444455555555ab.cd.environment.api.powerplatform.com';
const FLOW = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
const LEGACY = `https://emea.api.flow.microsoft.com/providers/Microsoft.ProcessSimple/environments/${ENVIRONMENT}/flows/${FLOW}`;
const OID = '99999999-0000-0000-0000-000000000001';
const TID = '99999999-0000-0000-0000-000000000002';
const CANARY = `${Buffer.from('{}').toString('base64url')}.${Buffer.from(JSON.stringify({ oid: OID, tid: TID, name: 'Ána ÿ?>', upn: 'ana@contoso.com' })).toString('base64url')}.canary`;
/** An ask of a core that knows all that was told so far. */
const ask = (what, more = {}) => ({ kind: 'ask', what, environment: ENVIRONMENT, flow: FLOW, after: 0, seen: 1_000, ...more });

/** The page loads an address with a token. */
const load = async (browser, url, { token = `Bearer ${CANARY}`, method = 'GET', by = 'xhr' } = {}) => {
	if (by === 'xhr') browser.page(`{ const x = new XMLHttpRequest(); x.open(method, url); if (token) x.setRequestHeader('Authorization', token); x.send(); }`, { url, token, method });
	else browser.page(`globalThis.got = fetch(url, { method, headers: { authorization: token } })`, { url, token, method });
	await browser.settle();
};
const ours = (browser) => browser.requests.filter(({ headers }) => headers.accept === 'application/json');

test('answers of the watched addresses are told, of others not', async () => {
	const watched = [
		`${ENVHOST}/powerautomate/flows/${FLOW}?api-version=1`,
		`${ENVHOST}/powerautomate/flows/${FLOW}/connections?api-version=1`,
		`${ENVHOST}/connectivity/connections?api-version=1`,
		LEGACY,
		`${LEGACY}/permissions`,
		`${ENVHOST}/connectivity/connections/7`,
		`https://api.powerapps.com/providers/Microsoft.PowerApps/connections`,
		`https://org.crm4.dynamics.com/api/data/v9.2/connectionreferences?$select=connectionid`,
		`https://org.api.crm.dynamics.com/api/data/v9.2/workflows(${FLOW})`,
		`https://api.powerapps.com/providers/Microsoft.PowerApps/environments?api-version=2016-11-01`,
	];
	const others = [
		`${LEGACY}/runs?api-version=2016-11-01`,
		`${LEGACY}/runs/08/actions`,
		`${LEGACY}/triggers/manual/listCallbackUrl`,
		`https://api.powerapps.com/providers/Microsoft.PowerApps/apis/shared_x/connections/7/getConsentLink`,
		`https://api.powerapps.com/providers/Microsoft.PowerApps/apis/shared_x/connections/7/listConsentLinks`,
		`${ENVHOST}/connectivity/connections/7/datasets/default/tables`,
		`${ENVHOST}/powerautomate/apis/shared_x`,
		`https://api.powerapps.com/providers/Microsoft.PowerApps/environments/Default-1/operations`,
		`https://api.flow.microsoft.com.evil.example/providers/flows/${FLOW}`,
		`https://evil.example/https://api.flow.microsoft.com/flows/`,
		`http://api.flow.microsoft.com/flows/${FLOW}`,
		`https://evilapi.flow.microsoft.com/flows/${FLOW}`,
		`https://x.api.powerplatform.com.evil.example/connectivity/connections`,
		`https://graph.microsoft.com/v1.0/me/connections`,
		'/relative/flows/x',
	];
	for (const by of ['xhr', 'fetch']) {
		const browser = openPage();
		for (const url of [...watched, ...others]) await load(browser, url, { by });
		assert.deepEqual(browser.said.filter(({ kind }) => kind === 'captured').map(({ address }) => address), watched);
		assert.equal(browser.requests.length, watched.length + others.length);
		assert.deepEqual(browser.read, watched, 'what nobody is told of is not looked at');
	}
});

test('an answer is told with what the core needs and nothing else', async () => {
	const browser = openPage({ answer: () => ({ status: 429, headers: { 'retry-after': '7' }, body: '{"error":{"code":"x"}}' }) });
	await load(browser, LEGACY, { method: 'patch' });
	const captured = browser.said.find(({ kind }) => kind === 'captured');
	assert.deepEqual(captured, { kind: 'captured', method: 'PATCH', address: LEGACY, status: 429, at: browser.clock.now, asked: false, retry_after: 7, number: 1, text: '{"error":{"code":"x"}}' });
});

test('of the token two claims are told, once; the token itself is in no message', async () => {
	const browser = openPage();
	for (const by of ['xhr', 'fetch', 'xhr']) await load(browser, `${ENVHOST}/powerautomate/flows/${FLOW}`, { by });
	await load(browser, `${ENVHOST}/connectivity/connections`);
	for (const what of ['flow', 'flow_connections', 'connections']) browser.ask(ask(what));
	await browser.advance(60_000);
	assert.deepEqual(browser.said.filter(({ kind }) => kind === 'signed_in'), [{ kind: 'signed_in', account: OID, tenant: TID }]);
	assert.ok(!JSON.stringify(browser.said).includes('canary'));
	assert.ok(!JSON.stringify(browser.said).includes('contoso'));
});

test('the closed set of GETs', async () => {
	const browser = openPage();
	await load(browser, `${ENVHOST}/powerautomate/me`);
	await load(browser, `${ENVHOST}/connectivity/apis`);
	for (const what of ['flow', 'flow_connections', 'connections']) {
		browser.ask(ask(what));
		browser.ask(ask(what)); // the same, twice: one
	}
	await browser.advance(1_000);
	assert.deepEqual(ours(browser), [
		`${ENVHOST}/powerautomate/flows/${FLOW}?api-version=1&$expand=properties.connectionreferences.apidefinition`,
		`${ENVHOST}/powerautomate/flows/${FLOW}/connections?api-version=1`,
		`${ENVHOST}/connectivity/connections?api-version=1`,
	].map((url) => ({ method: 'GET', url, headers: { accept: 'application/json', authorization: `Bearer ${CANARY}` }, body: null, redirect: 'error', credentials: 'omit', cache: 'no-store', by: 'fetch' })));
	assert.equal(browser.said.filter(({ asked }) => asked).length, 3);
});

test('the older form, where the page uses that', async () => {
	const browser = openPage();
	await load(browser, `${new URL(LEGACY).origin}/providers/Microsoft.ProcessSimple/environments/${ENVIRONMENT}/apis`);
	browser.ask(ask('flow'));
	browser.ask(ask('flow_connections'));
	await browser.advance(1_000);
	assert.deepEqual(ours(browser).map(({ url }) => url), [`${LEGACY}?api-version=2016-11-01`, `${LEGACY}/connections?api-version=2016-11-01`]);
});

test('the older form, where the page shows only later that it uses that', async () => {
	const browser = openPage();
	browser.ask(ask('flow'));
	await browser.advance(1_000);
	await load(browser, `${new URL(LEGACY).origin}/providers/Microsoft.ProcessSimple/environments/${ENVIRONMENT}/apis`);
	await browser.advance(1_000);
	assert.deepEqual(ours(browser).map(({ url }) => url), [`${LEGACY}?api-version=2016-11-01`]);
});

test('whatever else is asked for makes no request', async () => {
	const browser = openPage();
	await load(browser, `${ENVHOST}/powerautomate/me`);
	await load(browser, `${ENVHOST}/connectivity/apis`);
	const before = browser.requests.length;
	for (const what of ['flow', 'flow_connections', 'connections']) {
		for (const bad of ['', '..', '../x', `${FLOW}/`, `${FLOW}?x`, `${FLOW}\n`, `${FLOW}#`, '%2e%2e', '{}', 'a'.repeat(36), null, 7, {}]) browser.ask(ask(what, { flow: bad }));
		for (const bad of ['', 'evil.example/', `${ENVIRONMENT}/..`, `x${ENVIRONMENT}`, `${ENVIRONMENT}\n`, `'${FLOW}`, null, 7, {}]) browser.ask(ask(what, { environment: bad }));
	}
	for (const what of ['delete', 'Flow', '', null, 'constructor', '__proto__', 'toString']) browser.ask(ask(what));
	for (const said of [null, 7, 'ask', [], { kind: 'get', url: 'https://evil.example' }, { kind: 'ask' }]) browser.ask(said);
	await browser.advance(120_000);
	assert.equal(browser.requests.length, before);
});

test('a token serves only the origin and first path segment that it was seen on', async () => {
	const browser = openPage();
	await load(browser, `${ENVHOST}/powerautomate/me`);
	browser.ask(ask('connections'));
	await browser.advance(29_000);
	assert.deepEqual(ours(browser), []);
	await browser.advance(2_000);
	assert.deepEqual(browser.said.filter(({ kind }) => kind === 'unanswered'), [{ kind: 'unanswered', ask: 'connections', flow: FLOW, why: 'no_token' }]);
	// Seen while an ask waits: then it goes.
	browser.ask(ask('connections'));
	await browser.advance(5_000);
	await load(browser, `${ENVHOST}/connectivity/apis`, { token: 'Bearer other' });
	await browser.advance(1_000);
	assert.deepEqual(ours(browser).map(({ headers }) => headers.authorization), ['Bearer other']);
});

test('a token that was refused is not used again', async () => {
	const browser = openPage({ answer: ({ url }) => ({ status: url.includes('/me') ? 200 : 401 }) });
	await load(browser, `${ENVHOST}/powerautomate/me`);
	for (let i = 0; i < 3; i += 1) {
		browser.ask(ask('flow'));
		await browser.advance(40_000);
	}
	assert.equal(ours(browser).length, 1);
});

test('what the page loads meanwhile is not asked for; a failed attempt of the page does not count', async () => {
	const browser = openPage({ answer: ({ url }) => ({ status: url.endsWith('/connections?api-version=1') ? 500 : 200 }) });
	await load(browser, `${ENVHOST}/powerautomate/me`);
	browser.ask(ask('flow', { after: 3_000, seen: 0 }));
	browser.ask(ask('flow_connections', { after: 3_000, seen: 0 }));
	await browser.advance(1_000);
	await load(browser, `${ENVHOST}/powerautomate/flows/${FLOW}?api-version=1&draftFlow=true`);
	await load(browser, `${ENVHOST}/powerautomate/flows/${FLOW}/connections?api-version=1`);
	await browser.advance(10_000);
	assert.deepEqual(ours(browser).map(({ url }) => url), [`${ENVHOST}/powerautomate/flows/${FLOW}/connections?api-version=1`]);
	// Told before the ask came, but after the core had asked: the same. What the core knew when it asked is asked for again.
	await load(browser, `${ENVHOST}/powerautomate/flows/${FLOW}`);
	const { number } = browser.said.findLast(({ kind }) => kind === 'captured');
	browser.ask(ask('flow', { seen: number - 1 }));
	await browser.advance(1_000);
	assert.equal(ours(browser).length, 1);
	browser.ask(ask('flow', { seen: number }));
	await browser.advance(1_000);
	assert.equal(ours(browser).length, 2);
});

test('pages of the same list are followed at the same service only, ten at most', async () => {
	let page = 0;
	const next = { list: () => `${ENVHOST}/connectivity/connections?$skip=${(page += 1)}` };
	const browser = openPage({ answer: ({ headers }) => ({ body: headers.accept ? JSON.stringify({ value: [], nextLink: next.list() }) : '{}' }) });
	await load(browser, `${ENVHOST}/connectivity/apis`);
	browser.ask(ask('connections'));
	await browser.advance(1_000);
	assert.equal(ours(browser).length, 10);
	for (const elsewhere of ['https://evil.example/connectivity/connections', `${ENVHOST}:8080/connectivity/connections`, `${ENVHOST}/powerautomate/connections`, `${ENVHOST}/connectivity/apis`, 'http://x', ':', '']) {
		next.list = () => elsewhere;
		const before = browser.requests.length;
		browser.ask(ask('connections'));
		await browser.advance(1_000);
		assert.equal(browser.requests.length, before + 1, elsewhere);
	}
	// Services name themselves with an inner port.
	next.list = () => `${ENVHOST}:11777/connectivity/connections?$skip=7`;
	const before = browser.requests.length;
	browser.ask(ask('connections'));
	await browser.advance(1_000);
	assert.deepEqual(browser.requests.slice(before + 1).map(({ url }) => url), [`${ENVHOST}/connectivity/connections?$skip=7`]);
});

test('a flow has no pages', async () => {
	const browser = openPage({ answer: ({ url }) => ({ body: JSON.stringify({ name: FLOW, nextLink: `${url}&more` }) }) });
	await load(browser, `${ENVHOST}/powerautomate/me`);
	const before = browser.requests.length;
	browser.ask(ask('flow'));
	await browser.advance(1_000);
	assert.equal(browser.requests.length, before + 1);
});

test('a token of Dataverse opens nothing', async () => {
	const browser = openPage();
	await load(browser, 'https://contoso.crm4.dynamics.com/api/data/v9.2/workflows');
	browser.ask(ask('connections'));
	await browser.advance(60_000);
	assert.equal(browser.said.findLast(({ kind }) => kind === 'unanswered')?.why, 'no_token');
});

test('while a message is taken in no code of the page runs, which could look at its event', async () => {
	const browser = openPage({ answer: ({ headers }) => ({ body: headers.accept ? JSON.stringify({ value: [] }) : '{}' }) });
	await load(browser, `${ENVHOST}/powerautomate/me`);
	browser.page(`
		globalThis.ran = [];
		for (const [holder, name] of [[Promise.prototype, 'constructor'], [RegExp.prototype, 'flags'], [String.prototype, 'length'], [Object.prototype, 'what'], [Object.prototype, 'number'], [Object.prototype, 'value'], [Object.prototype, 'under']])
			try { const own = holder[name]; Object.defineProperty(holder, name, { __proto__: null, configurable: true, get() { ran.push(name); return own; }, set() {} }); } catch { /* not to be bent */ }
		Promise.prototype.then = new Proxy(Promise.prototype.then, { apply(then, self, given) { ran.push('then'); return Reflect.apply(then, self, given); } });
	`);
	const before = browser.requests.length;
	browser.port.postMessage({ ...ask('flow'), number: 7 });
	assert.equal(browser.requests.length, before + 1, 'a sweep’s request is made at once');
	assert.deepEqual(JSON.parse(browser.page('JSON.stringify(ran)')), []);
});

test('of a bent promise our answers are the browser’s own', async () => {
	const browser = openPage({ answer: ({ headers }) => ({ body: headers.accept ? JSON.stringify({ name: FLOW }) : '{}' }) });
	await load(browser, `${ENVHOST}/powerautomate/me`);
	browser.page(`
		globalThis.seen = [];
		const { then } = Promise.prototype;
		Object.defineProperty(Promise.prototype, 'constructor', { configurable: true, get: () => class extends Promise {} });
		Promise.prototype.then = function (done, failed) { seen.push(this); return then.call(this, () => done(undefined), failed); };
	`);
	browser.ask(ask('flow'));
	await browser.advance(1_000);
	assert.equal(browser.said.findLast(({ kind }) => kind === 'captured')?.text, JSON.stringify({ name: FLOW }));
});

test('offline, too long, out of time: said by name', async () => {
	let answer = () => ({});
	const browser = openPage({ answer: (request) => (request.headers.accept ? answer() : {}) });
	await load(browser, `${ENVHOST}/powerautomate/me`);
	const why = async (next) => {
		answer = next;
		browser.ask(ask('flow'));
		await browser.advance(1_000);
		const said = browser.said.findLast(({ kind }) => kind === 'unanswered');
		// It may come late, when another flow is in sight.
		assert.equal(said?.flow, FLOW);
		return said?.why;
	};
	assert.equal(await why(() => ({ error: new TypeError('Failed to fetch') })), 'offline');
	assert.equal(await why(() => ({ error: new DOMException('', 'TimeoutError') })), 'timeout');
	assert.equal(await why(() => ({ body: `"${'x'.repeat(16 * 1024 * 1024)}"` })), 'too_large');
});

test('polluted prototypes: a GET stays a GET, to where it was meant to go, without a body', async () => {
	const browser = openPage();
	await load(browser, `${ENVHOST}/powerautomate/me`);
	browser.page(`
		globalThis.fetch = globalThis.setTimeout = () => { throw new Error('evil'); };
		for (const index of [0, 1, 2, 3]) Object.defineProperty(Array.prototype, index, { configurable: true, get: () => 'https://evil.example/', set() {} });
		Array.prototype[Symbol.iterator] = function* () { yield 'https://evil.example/'; };
		for (const name of ['push', 'map', 'forEach', 'join', 'concat']) Array.prototype[name] = () => ['https://evil.example/'];
		for (const name of ['slice', 'toLowerCase', 'toUpperCase', 'replaceAll', 'indexOf']) String.prototype[name] = () => 'https://evil.example/';
		String.prototype[Symbol.replace] = () => 'https://evil.example/';
		RegExp.prototype.exec = () => ['yes'];
		RegExp.prototype.test = () => true;
		for (const name of ['get', 'set', 'has']) Map.prototype[name] = WeakMap.prototype[name] = () => 'Bearer evil';
		JSON.parse = () => ({ nextLink: 'https://evil.example/' });
		Reflect.apply = Function.prototype.call = Function.prototype.apply = () => 'evil';
		Promise.prototype.then = () => {};
		Object.assign(Object.prototype, { method: 'POST', body: 'evil', redirect: 'follow', environment: 'x', flow: 'y', kind: 'stop', after: -1, value: 'evil' });
	`);
	for (const what of ['flow', 'flow_connections']) browser.ask(ask(what));
	await browser.advance(1_000);
	assert.deepEqual(ours(browser).map(({ method, url, body, redirect }) => ({ method, url, body, redirect })), [
		{ method: 'GET', url: `${ENVHOST}/powerautomate/flows/${FLOW}?api-version=1&$expand=properties.connectionreferences.apidefinition`, body: null, redirect: 'error' },
		{ method: 'GET', url: `${ENVHOST}/powerautomate/flows/${FLOW}/connections?api-version=1`, body: null, redirect: 'error' },
	]);
});

test('the page keeps what it had: names, lengths, errors, order', async () => {
	const browser = openPage();
	assert.equal(
		browser.page(`['open', 'send', 'setRequestHeader'].map((name) => XMLHttpRequest.prototype[name]).concat(fetch).map((f) => f.name + f.length + ('prototype' in f)).join(' ')`),
		'open2false send0false setRequestHeader2false fetch1false',
	);
	// The page's own mistake is the page's own error; ours never show.
	assert.equal(browser.page(`try { XMLHttpRequest.prototype.send.call({}); 'none' } catch (error) { error.name }`), 'TypeError');
	for (const strange of ['undefined', 'null', '7', '{ toString() { return "https://api.flow.microsoft.com/flows/x"; } }', 'Symbol.iterator && "::"']) {
		assert.equal(browser.page(`{ const x = new XMLHttpRequest(); x.open('GET', ${strange}); 'went' }`), 'went');
	}
	const order = [];
	browser.page(`{ const x = new XMLHttpRequest(); x.addEventListener('load', () => order.push('load')); x.addEventListener('loadend', () => order.push('page')); x.open('GET', url); x.send(); }`, { order, url: LEGACY });
	await browser.settle();
	assert.deepEqual(order, ['load', 'page']);
	// A fetch's own promise comes back, with a body that is still unread.
	await load(browser, LEGACY, { by: 'fetch' });
	assert.equal(await browser.page('got.then((answer) => answer.text())'), '{}');
});

test('after "stop" requests pass and nothing is told', async () => {
	const browser = openPage();
	browser.ask({ kind: 'stop' });
	await load(browser, LEGACY);
	await load(browser, LEGACY, { by: 'fetch' });
	browser.ask(ask('flow'));
	await browser.advance(60_000);
	assert.equal(browser.requests.length, 2);
	assert.deepEqual(browser.said, []);
});
