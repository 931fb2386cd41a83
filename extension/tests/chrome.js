// The extension's interfaces, as far as the scripts use them: storage that outlives a worker, messages, and what was done to tabs.
import { readFileSync } from 'node:fs';

const json = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

export const catalogue = json('../_locales/en/messages.json');
export const manifest = { ...json('../manifest.json'), ...json('../manifest.chromium.json'), version: '0.0.0' };
/** A message's sample that Rust's tests read too. */
export const sample = (name) => json(`../../tests/fixtures/messages/${name}.json`);

const said = (message, parts = []) => message.replace(/\$(\d)/g, (_, place) => parts[Number(place) - 1] ?? '');

export const i18n = {
	getUILanguage: () => 'en',
	getMessage: (key, parts) => (key.startsWith('@@') ? 'ltr' : Object.hasOwn(catalogue, key) ? said(catalogue[key].message, parts) : ''),
};

const listeners = () => {
	const all = [];
	return { all, addListener: (listener) => all.push(listener) };
};

/** What stays while workers come and go. `most`: how many characters the session's area holds. */
export const newBrowser = ({ most = Infinity } = {}) => {
	const areas = { session: new Map(), local: new Map() };
	const did = { badges: [], pushed: [], opened: [], access: [], allowed: [], registered: [] };
	/** One life of the worker: its listeners go with it. */
	const newLife = () => {
		const changed = listeners();
		const area = (name) => ({
			get: async (keys) => structuredClone(Object.fromEntries([...areas[name]].filter(([key]) => keys === null || [keys].flat().includes(key)))),
			set: async (items) => {
				const next = new Map([...areas[name], ...Object.entries(structuredClone(items)).filter(([, value]) => value !== undefined)]);
				if (JSON.stringify([...next]).length > most) throw new Error('Session storage quota bytes exceeded. Values were not stored.');
				areas[name] = next;
				for (const listener of changed.all) listener({}, name);
			},
			remove: async (keys) => {
				for (const key of [keys].flat()) areas[name].delete(key);
			},
			setAccessLevel: async ({ accessLevel }) => did.access.push(`${name} ${accessLevel}`),
		});
		return {
			i18n,
			runtime: { id: 'lens', getManifest: () => manifest, getURL: (path) => `chrome-extension://lens/${path}`, onMessage: listeners(), onInstalled: listeners(), onStartup: listeners() },
			permissions: { onAdded: listeners(), onRemoved: listeners(), contains: async ({ origins = [] }) => origins.every((origin) => did.allowed.includes(origin)) },
			scripting: {
				getRegisteredContentScripts: async () => did.registered,
				registerContentScripts: async (scripts) => void (did.registered = [...did.registered, ...scripts]),
				unregisterContentScripts: async ({ ids }) => void (did.registered = did.registered.filter(({ id }) => !ids.includes(id))),
			},
			storage: { session: area('session'), local: area('local'), onChanged: changed },
			tabs: { onRemoved: listeners(), sendMessage: async (tab, message, options) => void did.pushed.push({ tab, message, ...options }) },
			action: { setBadgeText: async ({ tabId, text }) => void did.badges.push([tabId, text]), setBadgeBackgroundColor: async () => {}, setBadgeTextColor: async () => {} },
			sidePanel: { setPanelBehavior: async () => {}, open: async ({ tabId }) => void did.opened.push(tabId) },
			commands: { onCommand: listeners() },
		};
	};
	return { areas, did, newLife };
};
