import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../_locales/', import.meta.url);
const read = (locale) => JSON.parse(readFileSync(new URL(`${locale}/messages.json`, folder), 'utf8'));
const english = read('en');

/** The plural forms that a sentence can take, by Unicode's rules. `many` of French, Portuguese and Spanish begins at a million, and is said as `other`. */
const FORMS = { ar: ['zero', 'one', 'two', 'few', 'many', 'other'], de: ['one', 'other'], en: ['one', 'other'], es: ['one', 'other'], fr: ['one', 'other'], ja: ['other'], pt_BR: ['one', 'other'] };
const ALL = new Set(Object.values(FORMS).flat());

/** A counted message's name without its form. */
const counted = new Set(Object.keys(english).filter((key) => key.endsWith('_one') && Object.hasOwn(english, key.replace(/_one$/, '_other'))).map((key) => key.replace(/_one$/, '')));
const bare = (key) => {
	const name = key.replace(/_([a-z]+)$/, (whole, form) => (ALL.has(form) ? '' : whole));
	return counted.has(name) ? name : key;
};
const expected = (locale) => Object.keys(english).flatMap((key) => (counted.has(bare(key)) ? (key.endsWith('_other') ? FORMS[locale].map((form) => `${bare(key)}_${form}`) : []) : [key]));
const parts = (message) => [...message.matchAll(/\$(\d)/g)].map(([, place]) => place);
const marks = (message) => message.split('**').length;

test('the languages that are promised, and no others', () => {
	assert.deepEqual(readdirSync(folder).sort(), Object.keys(FORMS).sort());
	const missing = Object.keys(FORMS).filter((locale) => locale !== 'en').flatMap((locale) => expected(locale).filter((key) => !Object.hasOwn(read(locale), key)));
	assert.deepEqual(missing, []);
	console.log(`trust: 11 languages ${Object.keys(FORMS).length}: messages missing in one of them ${missing.length}`);
});

for (const locale of Object.keys(FORMS).filter((name) => name !== 'en')) {
	const messages = read(locale);

	test(`${locale}: the same messages, in the language's own plural forms, sorted`, () => {
		const keys = Object.keys(messages);
		assert.deepEqual(keys, [...keys].sort());
		assert.deepEqual(keys, expected(locale).sort());
		for (const key of keys) assert.match(messages[key].message, /^\S(?:.*\S)?$/s, key);
	});

	test(`${locale}: the same parts, and the same words stand out`, () => {
		for (const [key, { message }] of Object.entries(messages)) {
			const name = counted.has(bare(key)) ? bare(key) : '';
			const source = english[name ? `${name}_${key.endsWith('_one') ? 'one' : 'other'}` : key].message;
			const wanted = new Set(parts(source));
			const found = new Set(parts(message));
			assert.deepEqual([...found].filter((place) => !wanted.has(place) && !(name && place === '1')), [], key);
			// "One operation" may do without its number where the language says it in a word.
			const missing = [...wanted].filter((place) => !found.has(place));
			assert.deepEqual(missing, /_(?:zero|one|two)$/.test(key) && missing[0] === '1' ? ['1'] : [], key);
			assert.equal(marks(message) % 2, 1, key);
			assert.equal(marks(message) > 1, marks(source) > 1, key);
		}
	});

	test(`${locale}: names fit where stores and browsers cut them`, () => {
		assert.ok(messages.ext_name.message.length <= 45, messages.ext_name.message);
		assert.ok(messages.ext_description.message.length <= 132, messages.ext_description.message);
	});
}
