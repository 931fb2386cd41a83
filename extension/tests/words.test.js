import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';
import { catalogue, i18n, manifest, sample } from './chrome.js';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const scripts = ['../background.js', ...readdirSync(new URL('../content', import.meta.url)).map((name) => `../content/${name}`)].map(read);

const words = (language = 'en', messages = i18n.getMessage) => {
	const context = vm.createContext({ chrome: { i18n: { ...i18n, getUILanguage: () => language, getMessage: messages } } });
	vm.runInContext(read('../content/words.js'), context);
	return vm.runInContext('words', context);
};

test('every message that a script or the manifest names exists', () => {
	const named = new Set();
	for (const script of scripts) {
		for (const [, key] of script.matchAll(/\bsay\('([a-z_]+)'/g)) named.add(key);
		for (const [, key] of script.matchAll(/'(bar_[a-z_]+)'/g)) if (!script.includes(`counted('${key}'`)) named.add(key);
		for (const [, key] of script.matchAll(/\bcounted\('([a-z_]+)'/g)) for (const form of ['one', 'other']) named.add(`${key}_${form}`);
	}
	for (const [, key] of JSON.stringify(manifest).matchAll(/__MSG_(\w+)__/g)) named.add(key);
	assert.ok(named.size > 20, `${named.size}`);
	assert.deepEqual([...named].filter((key) => !Object.hasOwn(catalogue, key)), []);
});

test('every message that the core names for the page exists', () => {
	const paint = read('../../src/paint.rs');
	const named = [...paint.matchAll(/Text::new\("(\w+)"\)/g)].map(([, key]) => key);
	for (const [, key] of paint.matchAll(/Text::counted\("(\w+)"/g)) named.push(`${key}_one`, `${key}_other`);
	assert.ok(named.length > 10);
	assert.deepEqual(named.filter((key) => !Object.hasOwn(catalogue, key)), []);
});

test('the catalogue: sorted, each counted message in both forms, parts written as $1', () => {
	const keys = Object.keys(catalogue);
	assert.deepEqual(keys, [...keys].sort());
	for (const key of keys) {
		assert.match(key, /^[a-z][a-z0-9_]*$/);
		const { message, placeholders } = catalogue[key];
		assert.ok(message.trim() === message && message.length > 0, key);
		assert.equal(placeholders, undefined, key);
		if (/^(?:bar|mark)_.*_one$/.test(key)) assert.ok(catalogue[key.replace(/_one$/, '_other')], key);
	}
});

test('what the core says becomes a sentence', () => {
	const { text, counted } = words();
	const { bar, marks } = sample('outcome-paint').paint;
	assert.equal(text(bar.headline), '3 to change');
	assert.equal(text(bar.detail), '9 of 12 as intended');
	assert.equal(text(marks['Start_an_approval'].label), 'Owner Ana Kovač');
	assert.equal(text(marks['Post "it"'].label), 'Not known');
	assert.equal(counted('bar_found', 1, ['1']), 'Found 1 of 1 operation on this page');
	assert.equal(counted('bar_found', 12, ['0']), 'Found 0 of 12 operations on this page');
	// A name is a part, never a pattern.
	assert.equal(text({ key: 'mark_owner', args: ['$1 <b>$2'] }), 'Owner $1 <b>$2');
});

test('a language with more forms, and one whose catalogue lacks a form', () => {
	const polish = { panel_language: 'pl', x_one: 'plik', x_few: 'pliki', x_many: 'plików', x_other: 'pliku' };
	const { text } = words('pl', (key) => polish[key] ?? '');
	assert.deepEqual([1, 2, 5, 22].map((count) => text({ key: 'x', count })), ['plik', 'pliki', 'plików', 'pliki']);
	delete polish.x_few;
	assert.equal(text({ key: 'x', count: 2 }), 'pliku');
});

test('plurals follow the sentences, not the browser; names do not turn a sentence from the right round', () => {
	const english = words('pl', (key) => ({ panel_language: 'en', panel_direction: 'ltr', x_one: 'one', x_other: 'other' })[key] ?? '');
	assert.deepEqual([1, 2, 5].map((count) => english.text({ key: 'x', count })), ['one', 'other', 'other']);
	const arabic = words('ar', (key, parts) => ({ panel_language: 'ar', panel_direction: 'rtl', mark: `المالك: ${parts?.[0]}` })[key] ?? '');
	assert.equal(arabic.text({ key: 'mark', args: ['Ana'] }), 'المالك: \u2068Ana\u2069');
	assert.equal(arabic.text({ key: 'mark', args: ['12'] }), 'المالك: 12');
});
