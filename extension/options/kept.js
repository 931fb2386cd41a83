/** What the options read and write: settings, appearance, records, and what open tabs hold. The policy is read only. */
import { kept } from '../background/storage.js';

/** @typedef {{ accounts: string[], environment?: string, connector?: string, sign_in_alone?: boolean }} Rule as src/audit/rule.rs writes it */
/** @typedef {{ accounts: string[], sign_in_alone: boolean, rules: Rule[], extra_requests: boolean }} Settings as src/session/kept.rs writes it */
/** @typedef {{ environment: string, flow: string, name?: string, state: string, tab: number }} Open a flow in a tab */

export { kept };

/** Everything kept, as the core reads it. */
export const keptText = async () => JSON.stringify(await kept());

/** @param {Record<string, any>} items @returns {Settings} */
export const settingsOf = ({ settings = {} }) => ({ accounts: [], sign_in_alone: false, rules: [], extra_requests: true, ...settings });

/** Changes the settings; tells how to take that back. @param {(settings: Settings) => Settings} change @returns {Promise<() => Promise<void>>} */
export const changeSettings = async (change) => {
	const { settings } = await chrome.storage.local.get('settings');
	await chrome.storage.local.set({ settings: change(settingsOf({ settings })) });
	return () => (settings === undefined ? chrome.storage.local.remove('settings') : chrome.storage.local.set({ settings }));
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
