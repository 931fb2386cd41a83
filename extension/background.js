/**
 * The background: carries events from documents and from the panel to the core (Rust, in WebAssembly), and what follows back. It decides nothing about flows.
 *
 * The browser may stop this worker at any moment. So every listener is registered at once, events are taken strictly one after the other, and what
 * an event changed is in storage before anybody is answered. Whoever wasn't answered sends the event again, with the same number, and gets the same answer.
 */
import * as core from './wasm/connection_lens.js';

const VERSION = 1;
/** As in the core: no text longer than this is read. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_IN_TAB = 8;
const MOST_DOCUMENTS = 60;
const INDEX = 'index';
const BADGE_COLOUR = '#bc4b09';

/**
 * @typedef {{ kind: string, [part: string]: unknown }} Happening
 * @typedef {{ version: number, paint?: any, asks?: any[], reveal?: any, badge?: string, changed: boolean, keep?: Record<string, unknown> }} Outcome
 * @typedef {{ key: string, tab: number, frame: number, doc: string, at: number, hasFlow: boolean }} Entry a document that has a session, newest last
 */

const hosts = new Set((chrome.runtime.getManifest().content_scripts ?? []).flatMap((script) => script.matches ?? []).map((match) => match.slice(0, -2)));

/** What a document may tell; the rest is the panel's. */
const FROM_DOCUMENT = new Set([
	'shown', 'hidden', 'captured', 'signed_in', 'designer', 'designer_gone', 'found', 'unanswered', 'not_revealed', 'highlight', 'owners', 'step', 'look',
]);
const FROM_PANEL = new Set(['intend', 'sign_in_alone', 'highlight', 'owners', 'step', 'reveal', 'tick', 'dismiss', 'refresh', 'look']);

/** Messages that were none, since the worker started: for whoever looks into the worker with the browser's own tools. */
const counts = { dropped: 0 };
Object.assign(globalThis, { connectionLens: counts });

// ---- one after the other ----

/** @type {Promise<unknown>} */
let line = Promise.resolve();
/** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
const queue = (work) => {
	const result = line.then(work);
	line = result.catch(() => {});
	return result;
};

// ---- the core ----

/** @param {string} key @returns {Promise<any>} */
const read = async (key) => (await chrome.storage.session.get(key))[key];

/** @type {core.Lens | undefined} */
let lens;
let isStale = true;

const started = async () => {
	if (!lens) {
		await core.default();
		lens = new core.Lens();
		isStale = true;
	}
	if (isStale) {
		isStale = false;
		lens.local(JSON.stringify(await chrome.storage.local.get(null)));
	}
	return lens;
};

/** After a trap nothing of that instance is trusted: a fresh one takes the sessions back from storage. */
const dropCore = () => {
	lens = undefined;
	/** @type {any} */ (core).__wbg_reset_state?.();
};

/** @param {string} key @param {Happening} event @param {string} [body] @returns {Promise<Outcome>} */
const feed = async (key, event, body = '') => {
	const own = await started();
	try {
		if (!own.holds(key)) {
			const state = await read(key);
			if (typeof state === 'string') own.restore(key, state);
		}
		/** @type {Outcome} */
		const outcome = JSON.parse(own.feed(key, JSON.stringify(event), new TextEncoder().encode(body)));
		return outcome;
	} catch (error) {
		if (error instanceof WebAssembly.RuntimeError) dropCore();
		throw error;
	}
};

// ---- storage ----

/** @returns {Promise<Entry[]>} */
const entries = async () => (await read(INDEX)) ?? [];

/** @param {string[]} keys */
const forget = async (keys) => {
	for (const key of keys) lens?.forget(key);
	if (keys.length > 0) await chrome.storage.session.remove(keys.flatMap((key) => [key, `reply:${key}`]));
};

/** Notes the document as the newest, and lets the oldest go. @param {Omit<Entry, 'at'>} document */
const note = async (document) => {
	const known = await entries();
	const kept = known.filter((entry) => entry.key !== document.key);
	kept.push({ ...document, at: Date.now() });
	const inTab = kept.filter((entry) => entry.tab === document.tab);
	const gone = new Set([...inTab.slice(0, -MOST_IN_TAB), ...kept.slice(0, -MOST_DOCUMENTS)].map((entry) => entry.key));
	await forget([...gone]);
	return kept.filter((entry) => !gone.has(entry.key));
};

/** Everything that an event changed, at once and before anybody is answered. @param {Omit<Entry, 'at' | 'hasFlow'>} document @param {Outcome} outcome @param {number} [number] */
const store = async (document, outcome, number) => {
	const { key } = document;
	/** @type {Record<string, unknown>} */
	const items = {};
	const before = (await entries()).find((entry) => entry.key === key);
	const hasFlow = outcome.paint ? Boolean(outcome.paint.bar) : (before?.hasFlow ?? false);
	if (!before || hasFlow !== before.hasFlow || outcome.changed) items[INDEX] = await note({ ...document, hasFlow });
	if (outcome.changed || !before) items[key] = lens?.state(key);
	if (number !== undefined) items[`reply:${key}`] = { number, asks: outcome.asks, reveal: outcome.reveal };
	await chrome.storage.session.set(items);
	if (outcome.keep && Object.keys(outcome.keep).length > 0) await chrome.storage.local.set(outcome.keep);
};

/** @param {number} tab @param {string | undefined} text */
const badge = (tab, text) => {
	if (text === undefined) return;
	// The tab may be gone by now.
	chrome.action.setBadgeText({ tabId: tab, text }).catch(() => {});
};

/** @param {Outcome} outcome */
const reply = ({ version, paint, asks, reveal }) => ({ version, paint, asks, reveal });

// ---- what happens in a document ----

/** @param {Omit<Entry, 'at' | 'hasFlow'>} document @param {number} number @param {Happening} event @param {string} [body] */
const happened = async (document, number, event, body) => {
	const { key, tab } = document;
	const last = await read(`reply:${key}`);
	// It was taken in, but the worker was stopped before it could answer.
	const isRepeated = last?.number === number;
	const outcome = await feed(key, isRepeated ? { kind: 'look' } : event, isRepeated ? undefined : body);
	if (isRepeated) Object.assign(outcome, { asks: last.asks, reveal: last.reveal });
	await store(document, outcome, number);
	badge(tab, outcome.badge);
	const extra = event.kind === 'shown' ? await chrome.storage.local.get('bar') : {};
	return { ...reply(outcome), ...extra };
};

/** What the panel or a keyboard command did, shown in the document. @param {Entry} entry @param {Happening} event */
const did = async (entry, event) => {
	const outcome = await feed(entry.key, event);
	await store(entry, outcome);
	await push(entry, outcome);
	if (!outcome.keep || !('settings' in outcome.keep)) return outcome;
	for (const other of await entries()) {
		if (other.key === entry.key) continue;
		const look = await feed(other.key, { kind: 'look' });
		await store(other, look);
		await push(other, look);
	}
	return outcome;
};

/** @param {Entry} entry @param {Outcome} outcome */
const push = async (entry, outcome) => {
	badge(entry.tab, outcome.badge);
	// A document in the back/forward cache doesn't hear; it asks when it is shown again.
	await chrome.tabs.sendMessage(entry.tab, { doc: entry.doc, outcome: reply(outcome) }, { frameId: entry.frame }).catch(() => {});
};

// ---- messages ----

const isEvent = (/** @type {unknown} */ event, /** @type {Set<string>} */ kinds) =>
	typeof event === 'object' && event !== null && kinds.has(/** @type {any} */ (event).kind) && JSON.stringify(event).length <= 32_768;

/** The document that a message comes from; nothing where it isn't one of ours. @param {any} message @param {chrome.runtime.MessageSender} sender */
const documentOf = (message, sender) => {
	const { tab, frameId: frame, url } = sender;
	if (sender.id !== chrome.runtime.id || tab?.id === undefined || frame === undefined || !url || !hosts.has(new URL(url).origin)) return undefined;
	if (message?.v !== VERSION || typeof message.doc !== 'string' || !/^[0-9a-f-]{36}$/.test(message.doc)) return undefined;
	return { key: `doc:${tab.id}:${frame}:${message.doc}`, tab: tab.id, frame, doc: message.doc };
};

/** @param {any} message @param {chrome.runtime.MessageSender} sender */
const isPanel = (message, sender) =>
	sender.id === chrome.runtime.id && sender.url?.startsWith(chrome.runtime.getURL('panel/')) && message?.to === 'session' && typeof message.key === 'string';

/** @param {unknown} error */
const failed = (error) => {
	console.error('Connection Lens:', error instanceof Error ? error.name : 'error');
	return { error: error instanceof WebAssembly.RuntimeError ? 'worker' : 'refused' };
};

chrome.runtime.onMessage.addListener((message, sender, answer) => {
	const document = documentOf(message, sender);
	if (document && message.open === 'panel') {
		// At once and by itself: after any `await` the browser no longer sees the click behind it.
		chrome.sidePanel.open({ tabId: document.tab }).catch(() => {});
		answer({});
		return false;
	}
	if (document && message.keep) {
		const { x, y, minimised } = message.keep.bar ?? {};
		if (Number.isFinite(x) && Number.isFinite(y)) void chrome.storage.local.set({ bar: { x, y, minimised: minimised === true } });
		answer({});
		return false;
	}
	const { event, body, n } = message ?? {};
	if (document && Number.isSafeInteger(n) && isEvent(event, FROM_DOCUMENT) && (body === undefined || (typeof body === 'string' && body.length <= MOST_BYTES))) {
		queue(() => happened(document, n, event, body)).catch(failed).then(answer);
		return true;
	}
	if (isPanel(message, sender) && isEvent(event, FROM_PANEL)) {
		queue(async () => {
			const entry = (await entries()).find(({ key }) => key === message.key);
			if (!entry) return { error: 'gone' };
			await did(entry, event);
			return {};
		}).catch(failed).then(answer);
		return true;
	}
	counts.dropped += 1;
	return false;
});

chrome.commands.onCommand.addListener((command, tab) => {
	const event = { highlight: { kind: 'highlight', on: null }, next: { kind: 'step', forward: true } }[command];
	if (!event || tab?.id === undefined) return;
	queue(async () => {
		const entry = (await entries()).findLast((known) => known.tab === tab.id && known.hasFlow);
		if (entry) await did(entry, event);
	}).catch(failed);
});

chrome.tabs.onRemoved.addListener((tab) => {
	queue(async () => {
		const known = await entries();
		await forget(known.filter((entry) => entry.tab === tab).map((entry) => entry.key));
		await chrome.storage.session.set({ [INDEX]: known.filter((entry) => entry.tab !== tab) });
	}).catch(failed);
});

chrome.storage.onChanged.addListener((_, area) => {
	if (area === 'local') isStale = true;
});

// ---- at each start ----

chrome.sidePanel.setPanelBehavior({ openPanelOnActionClick: true }).catch(() => {});
chrome.action.setBadgeBackgroundColor({ color: BADGE_COLOUR }).catch(() => {});
chrome.action.setBadgeTextColor({ color: '#ffffff' }).catch(() => {});
for (const area of [chrome.storage.session, chrome.storage.local]) {
	// Content scripts need neither; older browsers don't know it for `local`.
	area.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' }).catch(() => {});
}
