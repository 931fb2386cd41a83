// What the options page changes can be taken back, and nothing else with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newBrowser } from './chrome.js';

const { changeRecord, changeSettings, takeBack } = await import('../options/kept.js');

const opened = (items = {}) => {
	const browser = newBrowser();
	for (const [key, value] of Object.entries(items)) browser.areas.local.set(key, value);
	globalThis.chrome = browser.newLife();
	return browser.areas;
};
const rule = (connector, account) => ({ accounts: [account], connector });
const [one, other, third] = [rule('shared_sql', 'a@x.y'), rule('shared_office365', 'b@x.y'), rule('shared_teams', 'c@x.y')];
const KEY = 'flow:e/f';

test('settings: a rule comes back, whatever else was changed since stays', async () => {
	const areas = opened({ settings: { accounts: ['s@x.y'], sign_in_alone: false, rules: [one, other], extra_requests: true } });
	const back = await changeSettings((settings) => ({ ...settings, rules: settings.rules.filter(({ connector }) => connector !== 'shared_sql') }));
	const now = areas.local.get('settings');
	areas.local.set('settings', { ...now, accounts: ['t@x.y'], sign_in_alone: true, rules: [...now.rules, third] });
	await back();
	const { accounts, sign_in_alone: alone, rules } = areas.local.get('settings');
	assert.deepEqual([accounts, alone, rules.map(({ connector }) => connector)], [['t@x.y'], true, ['shared_office365', 'shared_teams', 'shared_sql']]);
});

test('settings: what was brought goes again, and alone', async () => {
	const areas = opened();
	const back = await changeSettings((settings) => ({ ...settings, accounts: ['s@x.y'], rules: [one] }));
	assert.deepEqual(areas.local.get('settings').rules, [one]);
	areas.local.set('settings', { ...areas.local.get('settings'), rules: [one, other] });
	await back();
	const { accounts, rules } = areas.local.get('settings');
	assert.deepEqual([accounts, rules], [[], [other]]);
});

test('settings: with nothing else changed, the order of the rules is the one before', async () => {
	const areas = opened({ settings: { accounts: [], sign_in_alone: false, rules: [one, other, third], extra_requests: true } });
	const back = await changeSettings((settings) => ({ ...settings, rules: [one, third] }));
	await back();
	assert.deepEqual(areas.local.get('settings').rules, [one, other, third]);
});

test('a flow’s record: its accounts come back, ticks and notes since stay', async () => {
	const areas = opened({ [KEY]: { accounts: ['s@x.y'], ticks: {} } });
	const back = await changeRecord(KEY, null);
	areas.local.set(KEY, { ...areas.local.get(KEY), ticks: { people: 7 }, notes: { people: 'asked Ben' } });
	await back();
	assert.deepEqual(areas.local.get(KEY), { accounts: ['s@x.y'], notes: { people: 'asked Ben' }, ticks: { people: 7 } });
});

test('a flow’s record that a change began is no more when that is taken back', async () => {
	const areas = opened();
	const back = await changeRecord(KEY, ['s@x.y']);
	assert.deepEqual(areas.local.get(KEY), { accounts: ['s@x.y'] });
	await back();
	assert.equal(areas.local.has(KEY), false);
});

test('a settings file that was taken over: all of it is taken back, and only that', async () => {
	const before = { settings: { accounts: ['s@x.y'], sign_in_alone: false, rules: [one], extra_requests: true }, [KEY]: { accounts: ['s@x.y'], ticks: {} } };
	const areas = opened(before);
	const after = { settings: { accounts: [], sign_in_alone: true, rules: [other], extra_requests: false }, appearance: { theme: 'dark' }, [KEY]: { accounts: ['t@x.y'], ticks: {} }, 'flow:e/new': { accounts: ['t@x.y'] } };
	await globalThis.chrome.storage.local.set(after);
	areas.local.set(KEY, { accounts: ['t@x.y'], ticks: { people: 7 } });
	await takeBack(after, before);
	assert.deepEqual(Object.fromEntries(areas.local), { settings: before.settings, [KEY]: { accounts: ['s@x.y'], ticks: { people: 7 } } });
});
