/**
 * The background: carries events from documents and from the panel to the core, and what follows back. It decides nothing about flows.
 *
 * The browser may stop this worker at any moment. So every listener is registered at once, events are taken strictly one after the other, and what
 * an event changed is in storage before anybody is answered. Whoever wasn't answered sends the event again, with the same number, and gets the same answer.
 */
import { feed, forget, forgetSweep, stale } from './background/core.js';
import { register } from './background/clouds.js';
import * as side from './background/side.js';
import * as storage from './background/storage.js';
import * as sweeps from './background/sweeps.js';

/** @typedef {import('./background/core.js').Happening} Happening */
/** @typedef {import('./background/core.js').Outcome} Outcome */
/** @typedef {import('./background/storage.js').Document} Document */
/** @typedef {import('./background/storage.js').Entry} Entry */

const VERSION = 1;
/** In UTF-16 units; the core counts bytes, and refuses what is longer. */
const MOST = 16 * 1024 * 1024;
/** An event's own words, without what travels beside it. A note is the longest of them; the core takes no more either. */
const MOST_OF_EVENT = 32_768;

/** The sites of the manifest, and those that a person may allow: a script of ours runs there only once they have. */
const { content_scripts: scripts = [], optional_host_permissions: optional = [] } = chrome.runtime.getManifest();
const sites = new Set([...scripts.flatMap(({ matches = [] }) => matches), ...optional].map((match) => new URL(match.replace('*', '')).origin));

/** What a document may tell. What people decide in the panel is the panel's alone to tell. */
const FROM_DOCUMENT = new Set([
	'shown', 'hidden', 'captured', 'signed_in', 'designer', 'designer_gone', 'found', 'rows', 'unanswered', 'not_revealed', 'highlight', 'owners', 'step', 'reveal', 'look',
	...sweeps.FROM_DOCUMENT,
]);
const FROM_PANEL = new Set(['intend', 'sign_in_alone', 'highlight', 'owners', 'step', 'reveal', 'tick', 'tick_item', 'dismiss', 'note', 'undo', 'reset', 'refresh', 'look']);

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

// ---- what follows from an event ----

/** What of an outcome goes to the page. @param {Outcome} outcome */
const forPage = ({ version, paint, asks, reveal }) => ({ version, paint, asks, reveal });

/**
 * Feeds an event and stores what it changed.
 * @param {Document} document @param {Happening} event @param {string} [body] @param {number} [number] the parcel's, where it came as one
 * @param {Set<string>} [deleted] what a person has just deleted: of that nothing is kept
 */
const take = async (document, event, body, number, deleted = new Set()) => {
	const before = (await storage.entries()).find(({ key }) => key === document.key);
	const { outcome, state, isNew } = await feed(document, event, body);
	const answer = number === undefined ? undefined : { number, asks: outcome.asks, reveal: outcome.reveal };
	const at = event.kind === 'shown' ? Number(event.at) : (before?.at ?? 0);
	const isGone = event.kind === 'hidden' || (event.kind !== 'shown' && before?.isGone === true);
	// Out of sight it may still be looked at anew, when what is kept changes.
	const hasFlow = !isGone && (outcome.paint ? Boolean(outcome.paint.bar) : (before?.hasFlow ?? false));
	const gone = await storage.save({ ...document, hasFlow, at, isGone }, outcome.changed || isNew ? state() : undefined, answer);
	for (const key of gone) forget(key);
	const all = Object.entries(outcome.keep ?? {});
	const keep = all.filter(([key]) => !deleted.has(key));
	if (keep.length > 0) await storage.keep(document.isPrivate, Object.fromEntries(keep));
	if (keep.length < all.length) stale();
	if (!isGone || event.kind === 'hidden') await badge(document, hasFlow, outcome.badge);
	return { outcome, isNew };
};

/** The number of mismatches on the toolbar's icon: of the frame that holds the flow. @param {Document} document @param {boolean} hasFlow @param {string | undefined} text */
const badge = async ({ key, tab }, hasFlow, text) => {
	if (text === undefined) return;
	const isOthers = !hasFlow && (await storage.entries()).some((entry) => entry.tab === tab && entry.key !== key && entry.hasFlow);
	// The tab may be gone by now.
	if (!isOthers) await chrome.action.setBadgeText({ tabId: tab, text }).catch(() => {});
};

/** Something happened in a document. @param {Document} document @param {number} number @param {Happening} event @param {string} [body] */
const happened = async (document, number, event, body) => {
	if (event.kind === 'hidden') return hidden(document, number, event);
	if (sweeps.FROM_DOCUMENT.has(event.kind)) return sweeps.told(document, number, event, body);
	const last = await storage.lastAnswer(document.key);
	const isShown = event.kind === 'shown';
	// First of all: stopped in the middle of this, the next life does it again; stopped after the document was stored, it would know it already.
	if (isShown && !(await storage.entries()).some(({ key }) => key === document.key)) await replaced(document, Number(event.at));
	// Where this number was taken in before, the worker was stopped before it could answer.
	const isAgain = last?.number === number;
	const { outcome, isNew } = isAgain ? await take(document, { kind: 'look' }) : await take(document, event, body, number);
	const bar = isShown ? await storage.barPlace(document.isPrivate) : undefined;
	const asks = [...((isAgain ? last?.asks : outcome.asks) ?? []), ...(await sweeps.follow(document, event))];
	// Forgotten meanwhile, because so many others were opened: it tells anew where it is and what it holds.
	return { ...forPage(outcome), ...(isAgain ? { reveal: last?.reveal } : {}), ...(asks.length > 0 ? { asks } : {}), bar, again: isNew && !isShown };
};

/** A page went out of sight. It may have no place in its tab any more, and Chromium gives it another frame's number then. @param {Document} from @param {number} number @param {Happening} event */
const hidden = async (from, number, event) => {
	const document = (await storage.entries()).find(({ tab, doc }) => tab === from.tab && doc === from.doc);
	if (!document) return { version: VERSION };
	if ((await storage.lastAnswer(document.key))?.number !== number) await take(document, event, undefined, number);
	// Also where the worker was stopped between the two.
	await sweeps.gone(document);
	return { version: VERSION };
};

/**
 * A new document in a frame: what was there before is out of sight, and with a new page all frames of the one before. A page that goes tells so itself,
 * but not every browser lets it finish.
 * @param {Document} document @param {number} at when it was shown: its own frames may be heard of before it is, and are younger
 */
const replaced = async ({ key, tab, frame }, at) => {
	for (const other of await storage.entries()) {
		if (other.isGone || other.tab !== tab || other.key === key || (frame !== 0 && other.frame !== frame) || other.at > at) continue;
		const { state } = await feed(other, { kind: 'hidden' });
		await storage.hide(other.key, state());
		await sweeps.gone(other);
	}
};

/** The panel or a keyboard command did something; the document shows it. @param {Document} entry @param {Happening} event */
const did = async (entry, event) => {
	const { outcome } = await take(entry, event);
	await push(entry, outcome);
	// Other documents may show the same flow.
	if (Object.keys(outcome.keep ?? {}).some((key) => key === 'settings' || key.startsWith('flow:'))) await lookAround(entry);
};

/** Every document shows what is kept now. @param {Document} [changed] the one that shows it already @param {boolean} [hasMoved] somebody put the bar back @param {Set<string>} [deleted] */
const lookAround = async (changed, hasMoved = false, deleted) => {
	for (const other of await storage.entries()) {
		// One that is out of sight asks for itself when it is shown again.
		if (other.isGone || (changed && (other.key === changed.key || other.isPrivate !== changed.isPrivate))) continue;
		const look = await take(other, { kind: 'look' }, undefined, undefined, deleted);
		await push(other, look.outcome, hasMoved ? ((await storage.barPlace(other.isPrivate)) ?? {}) : undefined);
	}
};

/** @param {Document} entry @param {Outcome} outcome @param {any} [bar] where the bar is to stand */
const push = ({ tab, frame, doc }, outcome, bar) =>
	// A document in the back/forward cache doesn't hear; it asks when it is shown again.
	chrome.tabs.sendMessage(tab, { doc, outcome: { ...forPage(outcome), bar } }, { frameId: frame }).catch(() => {});

/** @param {unknown} error */
const failed = (error) => {
	const name = error instanceof Error ? error.name : 'error';
	console.error('Connection Lens:', name);
	if (name === 'StorageError') {
		// What couldn't be kept isn't so: the core goes by what is.
		stale();
		return { error: 'storage' };
	}
	return { error: error instanceof WebAssembly.RuntimeError ? 'worker' : 'refused' };
};

// ---- messages ----

/** How long an event is; what can't be said in JSON is none. @param {object} event */
const lengthOf = (event) => {
	try {
		return JSON.stringify(event).length;
	} catch {
		return Infinity;
	}
};

/** @param {any} event @param {Set<string>} kinds */
const isEvent = (event, kinds) => typeof event === 'object' && event !== null && kinds.has(event.kind) && lengthOf(event) <= MOST_OF_EVENT;

/** The document that a message comes from; nothing where it isn't one of ours. @param {any} message @param {chrome.runtime.MessageSender} sender @returns {Document | undefined} */
const documentOf = (message, { id, tab, frameId: frame, url = '' }) => {
	if (id !== chrome.runtime.id || tab?.id === undefined || frame === undefined || !URL.canParse(url) || !sites.has(new URL(url).origin)) return undefined;
	if (message?.v !== VERSION || typeof message.doc !== 'string' || !/^[0-9a-f-]{36}$/.test(message.doc)) return undefined;
	return { key: `doc:${tab.id}:${frame}:${message.doc}`, tab: tab.id, frame, doc: message.doc, isPrivate: tab.incognito };
};

/** @param {any} message @param {chrome.runtime.MessageSender} sender */
const isPanel = (message, { id, url = '' }) =>
	id === chrome.runtime.id && url.startsWith(chrome.runtime.getURL('panel/')) && message?.to === 'session' && typeof message.key === 'string';

/** @param {any} message @param {chrome.runtime.MessageSender} sender */
const isSweepPage = (message, { id, url = '' }) =>
	id === chrome.runtime.id && url.startsWith(chrome.runtime.getURL('sweep/')) && message?.to === 'sweep' && typeof message.key === 'string' && storage.isSweep(message.key);

chrome.runtime.onMessage.addListener((message, sender, answer) => {
	const document = documentOf(message, sender);
	if (document && sender.tab && message.open === 'panel') {
		// Not in the line of the others: it must happen at once.
		side.open({ id: document.tab, windowId: sender.tab.windowId }).then(answer, () => answer({}));
		return true;
	}
	const { event, body, n, keep } = message ?? {};
	if (document && keep?.bar && Number.isFinite(keep.bar.x) && Number.isFinite(keep.bar.y)) {
		const { x, y, minimised } = keep.bar;
		queue(() => storage.keep(document.isPrivate, { bar: { x, y, minimised: minimised === true } })).then(() => answer({}), () => answer({}));
		return true;
	}
	if (document && Number.isSafeInteger(n) && isEvent(event, FROM_DOCUMENT) && (body === undefined || (typeof body === 'string' && body.length <= MOST))) {
		queue(() => happened(document, n, event, body)).catch(failed).then(answer);
		return true;
	}
	if (isSweepPage(message, sender) && isEvent(event, sweeps.FROM_PAGE)) {
		queue(() => sweeps.did(message.isPrivate === true, message.key, event)).then(() => ({}), failed).then(answer);
		return true;
	}
	if (isPanel(message, sender) && isEvent(event, FROM_PANEL)) {
		queue(async () => {
			const entry = (await storage.entries()).find(({ key }) => key === message.key);
			if (!entry) return { error: 'gone' };
			await did(entry, event);
			return {};
		}).catch(failed).then(answer);
		return true;
	}
	counts.dropped += 1;
	return false;
});

/** @type {Record<string, Happening>} */
const COMMANDS = { highlight: { kind: 'highlight', on: null }, next: { kind: 'step', forward: true } };

chrome.commands.onCommand.addListener((command, tab) => {
	const event = COMMANDS[command];
	if (!event) return;
	queue(async () => {
		const entry = (await storage.entries()).findLast((known) => known.tab === tab?.id && known.hasFlow);
		if (entry) await did(entry, event);
	}).catch(failed);
});

chrome.tabs.onRemoved.addListener((tab) => {
	queue(async () => {
		const before = (await storage.entries()).filter((entry) => entry.tab === tab);
		for (const key of await storage.closed(tab)) forget(key);
		for (const entry of before) await sweeps.gone(entry);
	}).catch(failed);
});

// With its last window a private session is over: nothing of it stays, in memory neither.
chrome.windows?.onRemoved.addListener(() => {
	queue(async () => {
		if ((await chrome.windows.getAll()).some(({ incognito }) => incognito)) return;
		for (const key of await storage.privately.forget()) forgetSweep(true, key);
		stale();
	}).catch(failed);
});

chrome.storage.onChanged.addListener((changes, area) => {
	if (area === 'session' && storage.isPrivately(changes) && storage.isByOthers(changes)) {
		stale();
		queue(() => lookAround()).catch(failed);
	}
	if (area !== 'local' && area !== 'managed') return;
	if (area === 'local') queue(() => sweeps.deleted(changes)).catch(failed);
	// Sweeps write often, and nothing of a flow's own picture hangs on them.
	const keys = Object.keys(changes);
	if (keys.length > 0 && keys.every(storage.isSweep)) return;
	const isByOthers = area === 'managed' || storage.isByOthers(changes);
	stale(isByOthers);
	// A record that was deleted isn't begun anew at once, just because its flow is open: the person's next step there does that.
	const deleted = new Set(Object.entries(changes).filter(([, { newValue }]) => newValue === undefined).map(([key]) => key));
	if (isByOthers) queue(() => lookAround(undefined, 'bar' in changes, deleted)).catch(failed);
});

// ---- at each start ----

chrome.runtime.onInstalled.addListener(({ reason }) => {
	if (reason === 'install') chrome.tabs.create({ url: chrome.runtime.getURL('first-run/first-run.html') }).catch(() => {});
});
for (const moment of [chrome.runtime.onInstalled, chrome.runtime.onStartup, chrome.permissions.onAdded, chrome.permissions.onRemoved]) {
	moment.addListener(() => void queue(register).catch(failed));
}
side.followButton();
chrome.action.setBadgeBackgroundColor({ color: '#bc4b09' }).catch(() => {});
chrome.action.setBadgeTextColor({ color: '#ffffff' }).catch(() => {});
for (const area of [chrome.storage.session, chrome.storage.local]) {
	// No content script needs them. Older browsers know it for `session` only.
	area.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })?.catch(() => {});
}
