// The extension's interfaces, as far as the scripts use them: storage that outlives a worker, messages, and what was done to tabs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const json = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

export const catalogue = json('../_locales/en/messages.json');
/** The manifests as they are built: xtask's own test holds these files. */
export const manifests = Object.fromEntries(['chromium', 'chromium-store', 'firefox'].map((name) => [name, json(`../../tests/fixtures/manifests/${name}.json`)]));
export const manifest = manifests.chromium;
/** A message's sample that Rust's tests read too. */
export const sample = (name) => json(`../../tests/fixtures/messages/${name}.json`);

const said = (message, parts = []) => message.replace(/\$(\d)/g, (_, place) => parts[Number(place) - 1] ?? '');

export const i18n = {
	getUILanguage: () => 'en',
	getMessage: (key, parts) => (key.startsWith('@@') ? 'ltr' : Object.hasOwn(catalogue, key) ? said(catalogue[key].message, parts) : ''),
};

/** Firefox tells the files of a manifest with their whole addresses, and none by `null`. */
const withAddresses = ({ content_scripts: scripts, ...rest }, at) => ({
	...rest,
	content_scripts: scripts.map(({ js, css, ...entry }) => ({ ...entry, js: js?.map(at) ?? null, css: css?.map(at) ?? null })),
});

const listeners = () => {
	const all = [];
	return { all, addListener: (listener) => all.push(listener) };
};

/**
 * A life that ends in the middle of something: with its `last` call of the browser, before that takes effect or after. Whatever it asks for later is never
 * answered, as a stopped worker hears nothing any more.
 */
export const newLifetime = (last = Infinity, takesEffect = false) => {
	const lifetime = { calls: 0, isOver: false, over: Promise.resolve(), mortal: (call) => call };
	const never = new Promise(() => {});
	lifetime.over = new Promise((resolve) => {
		lifetime.mortal = (call) => async (...given) => {
			if (lifetime.isOver) return never;
			lifetime.calls += 1;
			const isLast = lifetime.calls === last;
			if (isLast && !takesEffect) lifetime.isOver = true;
			const answer = lifetime.isOver ? undefined : await call(...given);
			if (isLast) lifetime.isOver = true;
			if (!lifetime.isOver) return answer;
			resolve(undefined);
			return never;
		};
	});
	return lifetime;
};

/** Chromium hands the parts of what it stores back in the order of their names. @param {any} value @returns {any} */
const byName = (value) =>
	Array.isArray(value) ? value.map(byName) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.keys(value).sort().map((name) => [name, byName(value[name])])) : value;

/** What stays while workers come and go. `most`, `mostLocal`: how many characters the areas hold; `gesture`: whether the browser takes what happens for a press. */
export const newBrowser = ({ most = Infinity, mostLocal = Infinity, isFirefox = false, gesture = !isFirefox } = {}) => {
	const areas = { session: new Map(), local: new Map() };
	const did = { badges: [], pushed: [], opened: [], access: [], allowed: [], registered: [], windows: [{ incognito: false }] };
	const pressed = (what) => (gesture ? Promise.resolve(void did.opened.push(what)) : Promise.reject(new Error('may only be called in response to a user gesture')));
	const side = isFirefox
		? { sidebarAction: { open: () => pressed('sidebar'), toggle: async () => void did.opened.push('toggled'), isOpen: async () => did.opened.length > 0 } }
		: { sidePanel: { setPanelBehavior: async () => {}, open: ({ tabId }) => pressed(tabId) } };
	const shortcuts = [{ name: isFirefox ? '_execute_sidebar_action' : '_execute_action', shortcut: 'Alt+Shift+L' }, { name: 'next', shortcut: 'Alt+Shift+J' }];
	const at = (path) => `${isFirefox ? 'moz' : 'chrome'}-extension://lens/${path}`;
	/** One life of the worker: its listeners go with it. */
	const newLife = ({ mortal } = newLifetime()) => {
		const changed = listeners();
		const stored = (value) => (isFirefox ? structuredClone(value) : byName(structuredClone(value)));
		/** Who listens hears of what is another value than before. */
		const tell = (name, before) => {
			const keys = new Set([...before.keys(), ...areas[name].keys()]);
			const changes = [...keys].filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(areas[name].get(key))).map((key) => [key, { oldValue: before.get(key), newValue: structuredClone(areas[name].get(key)) }]);
			if (changes.length > 0) for (const listener of changed.all) listener(Object.fromEntries(changes), name);
		};
		const area = (name) => ({
			get: mortal(async (keys) => structuredClone(Object.fromEntries([...areas[name]].filter(([key]) => keys === null || [keys].flat().includes(key))))),
			set: mortal(async (items) => {
				const before = areas[name];
				const next = new Map([...before, ...Object.entries(items).filter(([, value]) => value !== undefined).map(([key, value]) => [key, stored(value)])]);
				if (JSON.stringify([...next]).length > (name === 'session' ? most : mostLocal)) throw new Error('Session storage quota bytes exceeded. Values were not stored.');
				areas[name] = next;
				tell(name, before);
			}),
			remove: mortal(async (keys) => {
				const before = areas[name];
				areas[name] = new Map([...before].filter(([key]) => ![keys].flat().includes(key)));
				tell(name, before);
			}),
			...(isFirefox ? {} : { setAccessLevel: async ({ accessLevel }) => did.access.push(`${name} ${accessLevel}`) }),
		});
		return {
			i18n,
			runtime: { id: 'lens', getManifest: () => (isFirefox ? withAddresses(manifests.firefox, at) : manifest), getURL: at, onMessage: listeners(), onInstalled: listeners(), onStartup: listeners() },
			permissions: { onAdded: listeners(), onRemoved: listeners(), contains: async ({ origins = [] }) => origins.every((origin) => did.allowed.includes(origin)) },
			scripting: {
				getRegisteredContentScripts: async () => did.registered,
				registerContentScripts: async (scripts) => {
					for (const path of scripts.flatMap(({ js, css }) => [...js, ...css])) assert.ok(!path.includes(':'), `${path} must be a relative URL`);
					did.registered = [...did.registered, ...scripts];
				},
				unregisterContentScripts: async ({ ids }) => void (did.registered = did.registered.filter(({ id }) => !ids.includes(id))),
			},
			storage: { session: area('session'), local: area('local'), onChanged: changed },
			windows: { onRemoved: listeners(), getAll: async () => did.windows },
			tabs: { onRemoved: listeners(), sendMessage: mortal(async (tab, message, options) => void did.pushed.push({ tab, message, ...options })) },
			action: { setBadgeText: mortal(async ({ tabId, text }) => void did.badges.push([tabId, text])), setBadgeBackgroundColor: async () => {}, setBadgeTextColor: async () => {}, onClicked: listeners() },
			...side,
			commands: { onCommand: listeners(), getAll: async () => shortcuts },
		};
	};
	return { areas, did, newLife };
};
