// The hosts stand in four places, because four kinds of readers need them: the core, the page's script, the browser, and whoever allows them in a company.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openPage } from './browser.js';
import { manifest } from './chrome.js';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const strings = (text) => [...text.matchAll(/"([^"]+)"/g)].map(([, string]) => string);

/** As the core knows them. */
const clouds = [...read('src/portal/cloud.rs').matchAll(/ {4}Cloud \{([^}]+)\}/g)].map(([, text]) => {
	const part = (name) => strings(new RegExp(`${name}: ([^\\n]+)`).exec(text)[1]);
	return { name: part('name')[0], portals: part('portals'), flow: part('flow_api')[0], apps: part('apps_api')[0], platform: part('platform')[0] };
});
const ENVIRONMENT = 'Default-11111111-2222-3333-4444-55555555abcd';

test('the core knows five clouds', () => assert.equal(clouds.length, 5));

test('the manifest names each portal, and no other', () => {
	const { content_scripts: scripts, optional_host_permissions: optional } = manifest;
	const named = [...scripts[0].matches, ...optional].map((match) => /^https:\/\/([^/]+)\/\*$/.exec(match)[1]);
	assert.deepEqual(named.sort(), clouds.flatMap(({ portals }) => portals).sort());
});

test('the guide for IT names each host that is asked, and no other', () => {
	const rows = read('docs/it-guide.md').split('\n').filter((row) => row.includes('`*.environment.api.'));
	assert.equal(rows.length, clouds.length);
	for (const [index, { flow, apps, platform }] of clouds.entries()) {
		const named = [...rows[index].matchAll(/`([^`]+)`/g)].map(([, host]) => host).filter((host) => !host.endsWith(`.${flow}`));
		assert.deepEqual(named, [`*.environment${platform}`, flow, apps]);
	}
});

for (const { name, portals, flow, apps, platform } of clouds) {
	test(`${name}: the page’s script hears each service of the cloud, and asks this cloud’s only`, async () => {
		const hosts = [`default1111111122223333444455555555ab.cd.environment${platform}`, flow, apps];
		const browser = openPage({ base: `https://${portals[0]}/environments/${ENVIRONMENT}`, answer: () => ({ body: '{}' }) });
		for (const url of [`https://${hosts[0]}/powerautomate/flows`, `https://${hosts[0]}/connectivity/connections`, `https://${flow}/providers/Microsoft.ProcessSimple/environments/e/flows`, `https://${apps}/providers/Microsoft.PowerApps/connections`]) {
			browser.page(`fetch(url, { headers: { authorization: 'Bearer x' } })`, { url });
			await browser.settle();
			assert.equal(browser.said.findLast(({ kind }) => kind === 'captured')?.address, url);
		}
		const before = browser.requests.length;
		for (const [number, what] of ['flows', 'shared_flows', 'connections'].entries()) browser.ask({ kind: 'ask', what, environment: ENVIRONMENT, flow: '', after: 0, seen: 0, number: number + 1, page: 0 });
		await browser.advance(1_000);
		const asked = browser.requests.slice(before).map(({ url }) => new URL(url).hostname);
		assert.deepEqual([asked.length, new Set(asked)], [3, new Set([hosts[0]])]);
	});
}
