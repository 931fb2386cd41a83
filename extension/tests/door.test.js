import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPage, openPage } from './browser.js';

const API = 'https://api.flow.microsoft.com/providers/Microsoft.ProcessSimple/environments/e/flows/f';
const NAMES = ['connection-lens:page', 'connection-lens:page?', 'connection-lens:designer', 'connection-lens:designer?'];

/** The page loads something that is worth telling. */
const load = (browser) => browser.page(`{ const x = new XMLHttpRequest(); x.open('GET', '${API}'); x.send(); }`);

for (const order of [['content', 'page'], ['page', 'content']]) {
	test(`the two sides meet, ${order.join(' before ')}`, async () => {
		const browser = openPage({ order });
		load(browser);
		await browser.settle();
		assert.deepEqual(browser.said.map(({ kind }) => kind), ['captured']);
	});

	test(`a page that listens for everything gets no port, ${order.join(' before ')}`, async () => {
		const browser = openPage({ order });
		const heard = [];
		browser.page(`for (const name of names) window.addEventListener(name, (event) => heard.push(event.type), true)`, { names: NAMES, heard });
		browser.run('page.js');
		browser.open('page');
		load(browser);
		await browser.settle();
		assert.deepEqual(heard, []);
	});

	test(`a page that hands in a port of its own is not heard and hears nothing, ${order.join(' before ')}`, async () => {
		const browser = openPage({ order });
		const heard = [];
		browser.page(
			`for (const name of names) {
				const { port1, port2 } = new MessageChannel();
				port1.addEventListener('message', (event) => heard.push(event.data));
				port1.start();
				window.dispatchEvent(new MessageEvent(name, { ports: [port2], cancelable: true }));
				port1.postMessage({ kind: 'ask', what: 'flow', environment: 'Default-11111111-2222-3333-4444-555555555555', flow: '11111111-2222-3333-4444-555555555555', after: 0 });
			}`,
			{ names: NAMES, heard },
		);
		load(browser);
		await browser.advance(60_000);
		assert.deepEqual(heard, []);
		assert.equal(browser.requests.length, 1);
		assert.equal(browser.said.length, 1);
	});
}

test('one side alone gives nothing away once the page runs', async () => {
	const heard = [];
	const listen = `for (const name of names) window.addEventListener(name, (event) => { heard.push([event.type, event.ports?.length]); event.preventDefault(); }, true)`;
	for (const only of ['page', 'content']) {
		const browser = openPage({ order: [only] });
		browser.page(listen, { names: NAMES, heard });
		browser.page(`for (const name of names) heard.push(window.dispatchEvent(new Event(name, { cancelable: true })) ? 'ignored' : 'heard')`, { names: NAMES, heard: [] });
		load(browser);
		await browser.settle();
	}
	// Only what the page sent itself came back to it.
	assert.ok(heard.every(([, ports]) => ports === undefined), JSON.stringify(heard));
});

test('a document that is further than its first element is left alone', async () => {
	const browser = newPage({ readyState: 'interactive' });
	const heard = [];
	browser.page(`for (const name of names) window.addEventListener(name, (event) => heard.push(event.type), true)`, { names: NAMES, heard });
	browser.runContent('content/door.js');
	browser.open('page');
	browser.run('page.js');
	browser.run('designer.js');
	assert.deepEqual(heard, []);
});

test('a getter on events does not hand the port over', async () => {
	const browser = openPage();
	const stolen = [];
	browser.page(
		`Object.defineProperty(MessageEvent.prototype, 'data', { configurable: true, get() { stolen.push(this.target); return { kind: 'stop' }; } });
		 Object.defineProperty(Object.prototype, 'kind', { configurable: true, get() { stolen.push(this); return 'stop'; } });`,
		{ stolen },
	);
	browser.port.other.take({ kind: 'nothing' });
	await browser.settle();
	assert.deepEqual(stolen, []);
});
