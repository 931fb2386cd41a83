import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { clouds } from '../background/clouds.js';
import { catalogue, manifest, manifests } from './chrome.js';

const at = (path) => new URL(`../${path}`, import.meta.url);

test('the permissions that people were promised, and no others', () => {
	assert.deepEqual(manifest.permissions, ['storage', 'sidePanel']);
	assert.deepEqual(manifests.firefox.permissions, ['storage']);
	for (const one of Object.values(manifests)) {
		for (const key of ['host_permissions', 'web_accessible_resources', 'externally_connectable', 'update_url']) assert.equal(one[key], undefined, key);
		// Asked for by a person's press in the options, and only for a cloud by its name.
		assert.deepEqual(one.optional_permissions, ['scripting']);
		assert.deepEqual(one.optional_host_permissions, clouds.flatMap(({ origins }) => origins));
		for (const { matches } of one.content_scripts) assert.deepEqual(matches, ['https://make.powerautomate.com/*', 'https://make.preview.powerautomate.com/*', 'https://make.powerapps.com/*']);
	}
});

test('the policy that keeps the background and the panel from talking to anyone', () => {
	const policy =
		"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
	for (const one of Object.values(manifests)) assert.equal(one.content_security_policy.extension_pages, policy);
});

test('the scripts inside the page are there before the page, in every frame', () => {
	assert.deepEqual(manifest.content_scripts.map(({ world = 'ISOLATED', run_at, all_frames }) => [world, run_at, all_frames]), [['MAIN', 'document_start', true], ['ISOLATED', 'document_start', true]]);
	assert.deepEqual(manifest.content_scripts[0].js, ['page.js', 'designer.js']);
	for (const { js = [], css = [] } of manifest.content_scripts) for (const path of [...js, ...css]) assert.ok(existsSync(at(path)), path);
});

test('icons have the size that they are named for', () => {
	const { action } = manifests.firefox;
	// Firefox means the text by the words: dark text stands on a light ground.
	const themed = action.theme_icons.flatMap(({ size, dark, light }) => [[size, dark], [size, light]]);
	for (const { dark, light } of action.theme_icons) assert.ok(dark.includes('on-light') && light.includes('on-dark'));
	for (const [size, path] of [...[manifest.icons, action.default_icon, manifests.firefox.sidebar_action.default_icon].flatMap(Object.entries), ...themed]) {
		const png = readFileSync(at(path));
		assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [Number(size), Number(size)], path);
	}
});

test('the fixed key gives the fixed id', () => {
	const hash = createHash('sha256').update(Buffer.from(manifest.key, 'base64')).digest('hex').slice(0, 32);
	assert.equal([...hash].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join(''), 'fkfbhdheebkbjoehkhgnfkejjkidpbpd');
});

test('the oldest browser has what is used', () => {
	// 111 world MAIN · 114 sidePanel · 116 sidePanel.open · 120 URL.canParse · 123 light-dark() in the panel
	assert.equal(manifest.minimum_chrome_version, '123');
	// 128 world MAIN · 142 data_collection_permissions, everywhere · 147 the navigation API · 148 Trusted Types, which the policy promises ·
	// 153 the oldest release that Mozilla still mends (seen November 2026), and the one that the tests run in
	assert.equal(manifests.firefox.browser_specific_settings.gecko.strict_min_version, '153.0');
});

test('in Firefox: a page that the browser may stop, a sidebar that stays shut, and nothing collected', () => {
	const { firefox } = manifests;
	assert.deepEqual(firefox.background, { scripts: ['background.js'], type: 'module' });
	assert.equal(firefox.sidebar_action.default_panel, manifest.side_panel.default_path);
	assert.equal(firefox.sidebar_action.open_at_install, false);
	assert.deepEqual(firefox.browser_specific_settings.gecko.data_collection_permissions, { required: ['none'] });
	for (const key of ['key', 'side_panel', 'minimum_chrome_version', 'incognito']) assert.equal(firefox[key], undefined, key);
	// The same keys open the panel everywhere.
	assert.deepEqual(firefox.commands._execute_sidebar_action, manifest.commands._execute_action);
});

test('a store gives the id: its package brings no key', () => {
	const { key, ...rest } = manifest;
	assert.ok(key);
	assert.deepEqual(manifests['chromium-store'], rest);
});

test('names that the store and the browser cut', () => {
	assert.ok(catalogue.ext_name.message.startsWith(manifest.short_name) && manifest.short_name.length <= 15);
	assert.ok(catalogue.ext_name.message.length <= 45);
	assert.ok(catalogue.ext_description.message.length <= 132);
});
