/** What the options read and write: settings, appearance, records, and what open tabs hold. The policy is read only. */
import { canonical, kept } from '../background/storage.js';

/** @typedef {{ accounts: string[], environment?: string, connector?: string, sign_in_alone?: boolean }} Rule as src/audit/rule.rs writes it */
/** @typedef {{ accounts: string[], sign_in_alone: boolean, rules: Rule[], extra_requests: boolean }} Settings as src/session/kept.rs writes it */
/** @typedef {{ environment: string, flow: string, name?: string, state: string, tab: number }} Open a flow in a tab */

export { kept };

/** Everything kept, as the core reads it. */
export const keptText = async () => JSON.stringify(await kept());

/** @param {Record<string, any>} items @returns {Settings} */
export const settingsOf = ({ settings = {} }) => ({ accounts: [], sign_in_alone: false, rules: [], extra_requests: true, ...settings });

/** @param {unknown} one @param {unknown} other */
const isSame = (one, other) => canonical(one) === canonical(other);

/** A list as it is now without what a change brought, and with what it took away. @template T @param {T[]} now @param {T[]} after @param {T[]} before @returns {T[]} */
const listWithout = (now, after, before) => {
	if (isSame(now, after)) return before;
	const isIn = (/** @type {T[]} */ list) => (/** @type {T} */ one) => list.some((other) => isSame(one, other));
	const stays = now.filter((one) => isIn(before)(one) || !isIn(after)(one));
	return [...stays, ...before.filter((one) => !isIn(after)(one) && !isIn(stays)(one))];
};

/** The settings as they are now without a change. @param {Settings} now @param {Settings} after @param {Settings} before @returns {Settings} */
const settingsWithout = (now, after, before) => ({
	...now,
	accounts: listWithout(now.accounts, after.accounts, before.accounts),
	rules: listWithout(now.rules, after.rules, before.rules),
	...(after.sign_in_alone === before.sign_in_alone ? {} : { sign_in_alone: before.sign_in_alone }),
	...(after.extra_requests === before.extra_requests ? {} : { extra_requests: before.extra_requests }),
});

/**
 * Takes a change back: what was kept before under the changed keys is kept again, and whatever was done elsewhere since stays. Of a flow's record a change says
 * only who is intended. @param {Record<string, any>} after @param {Record<string, any>} before
 */
export const takeBack = async (after, before) => {
	const now = /** @type {Record<string, any>} */ (await chrome.storage.local.get(Object.keys(after)));
	/** @type {Record<string, any>} */
	const items = {};
	for (const key of Object.keys(after)) {
		if (key === 'settings') items[key] = settingsWithout(settingsOf(now), settingsOf(after), settingsOf(before));
		else if (!key.startsWith('flow:')) items[key] = before[key];
		else if (before[key] || Object.keys(now[key] ?? {}).some((part) => part !== 'accounts')) items[key] = { ...now[key], accounts: before[key]?.accounts ?? null };
	}
	await chrome.storage.local.remove(Object.keys(after).filter((key) => items[key] === undefined));
	await chrome.storage.local.set(items);
};

/** Changes the settings; tells how to take that back. @param {(settings: Settings) => Settings} change @returns {Promise<() => Promise<void>>} */
export const changeSettings = async (change) => {
	const before = await chrome.storage.local.get('settings');
	const after = { settings: change(settingsOf(before)) };
	await chrome.storage.local.set(after);
	return () => takeBack(after, before);
};

/** Says who is intended in a flow, in its record; tells how to take that back. @param {string} key @param {string[] | null} accounts @returns {Promise<() => Promise<void>>} */
export const changeRecord = async (key, accounts) => {
	const before = /** @type {Record<string, any>} */ (await chrome.storage.local.get(key));
	const after = { [key]: { ...before[key], accounts } };
	await chrome.storage.local.set(after);
	return () => takeBack(after, before);
};

/** The flows that open tabs show, the newest first. @returns {Promise<Open[]>} */
export const openFlows = async () => {
	const { index = [], ...rest } = /** @type {Record<string, any>} */ (await chrome.storage.session.get(null));
	/** @type {Open[]} */
	const found = [];
	for (const { key, tab, isPrivate, hasFlow } of index.toReversed()) {
		// What stands in a private window is no business of this page's.
		if (isPrivate || !hasFlow || typeof rest[key] !== 'string') continue;
		const { place, flows } = JSON.parse(rest[key]);
		if (!place?.flow || !place.environment) continue;
		const name = flows.find((/** @type {{ id: string }} */ { id }) => id === place.flow)?.saved?.flow.display_name;
		found.push({ environment: place.environment, flow: place.flow, name, state: rest[key], tab });
	}
	return found;
};

/** Calls back when one of these areas changes, at most once in a while. @param {string[]} areas @param {() => unknown} heard */
export const whenChanged = (areas, heard) => {
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let soon;
	chrome.storage.onChanged.addListener((_, area) => {
		if (areas.includes(area)) soon ??= setTimeout(() => ((soon = undefined), void heard()), 100);
	});
};
