/**
 * Sweeps: who carries their requests, and where they are stored. What is to be asked and when, the core decides.
 *
 * A sweep lies under its key and a few more, in small parts: in local storage, or, for private windows, in the session's, never on disk. Beside them an
 * index tells which document carries the requests of which sweep, so that an event of any other document costs nothing.
 */
import * as core from './core.js';
import * as storage from './storage.js';

/** @typedef {import('./core.js').Happening} Happening */
/** @typedef {import('./storage.js').Document} Document */
/** @typedef {{ carrier: string | null, wants: boolean }} Mark */
/** @typedef {{ keep?: Record<string, unknown>, delete?: string[], asks?: any[], carrier?: string, wants_carrier: boolean }} SweepOutcome */

const VERSION = 1;

/** What a document tells of a sweep that it carries. */
export const FROM_DOCUMENT = new Set(['swept', 'unswept', 'waited']);
/** What a person wants, and that time went by. */
export const FROM_PAGE = new Set(['start', 'go', 'pause', 'continue', 'cancel', 'waited']);

const area = (/** @type {boolean} */ isPrivate) => (isPrivate ? chrome.storage.session : chrome.storage.local);

/** @param {boolean} isPrivate @returns {Promise<Record<string, Mark>>} */
const index = async (isPrivate) => /** @type {any} */ ((await area(isPrivate).get(storage.SWEEPS))[storage.SWEEPS]) ?? {};

/** Everything stored of a sweep. @param {boolean} isPrivate @param {string} key */
const stored = async (isPrivate, key) => {
	const head = (await area(isPrivate).get(key))[key];
	return head === undefined ? {} : area(isPrivate).get(core.sweepKeys(key, head));
};

/** Stores what followed, before anybody is answered. @param {boolean} isPrivate @param {string} key @param {SweepOutcome} outcome */
const store = async (isPrivate, key, outcome) => {
	if (!outcome.keep) return;
	const marks = await index(isPrivate);
	const mark = { carrier: outcome.carrier ?? null, wants: outcome.wants_carrier };
	const isMarked = JSON.stringify(marks[key]) === JSON.stringify(mark);
	await area(isPrivate).set({ ...outcome.keep, ...(isMarked ? {} : { [storage.SWEEPS]: { ...marks, [key]: mark } }) });
	if (outcome.delete) await area(isPrivate).remove(outcome.delete);
};

/** @param {boolean} isPrivate @param {string} key @param {SweepOutcome} outcome */
const kept = async (isPrivate, key, outcome) => {
	try {
		await store(isPrivate, key, outcome);
	} catch {
		// Not stored, so it did not happen.
		core.forgetSweep(isPrivate, key);
		await rest(isPrivate, key);
		storage.refused();
	}
};

/** The browser stores no more: the sweep rests and says why, rather than ask for the same again and again. That is shorter than what stands there. @param {boolean} isPrivate @param {string} key */
const rest = async (isPrivate, key) => {
	try {
		await store(isPrivate, key, await core.feedSweep(isPrivate, key, () => stored(isPrivate, key), { kind: 'full', at: Date.now() }));
	} catch {
		core.forgetSweep(isPrivate, key);
	}
};

/** Feeds a sweep. @param {boolean} isPrivate @param {string} key @param {Happening} event @param {string} [from] @param {string} [body] @returns {Promise<SweepOutcome>} */
const feed = async (isPrivate, key, event, from, body) => {
	const outcome = await core.feedSweep(isPrivate, key, () => stored(isPrivate, key), event, from, body);
	await kept(isPrivate, key, outcome);
	return outcome;
};

/** Tells the carrier what to ask for. @param {boolean} isPrivate @param {string} key @param {SweepOutcome} outcome */
const push = async (isPrivate, key, outcome) => {
	const entry = (await storage.entries()).find((known) => known.key === outcome.carrier);
	if (!entry || !outcome.asks) return;
	try {
		await chrome.tabs.sendMessage(entry.tab, { doc: entry.doc, outcome: { version: VERSION, asks: outcome.asks } }, { frameId: entry.frame });
	} catch {
		await gone(entry);
	}
};

/** Finds another document that can carry; without one the sweep waits, and its page says so. @param {boolean} isPrivate @param {string} key @param {string} [but] */
const join = async (isPrivate, key, but) => {
	for (const entry of (await storage.entries()).toReversed()) {
		if (entry.isPrivate !== isPrivate || entry.key === but || (await core.whereabouts(entry))?.key !== key) continue;
		return push(isPrivate, key, await feed(isPrivate, key, { kind: 'here', at: Date.now() }, entry.key));
	}
	return undefined;
};

/** A document went out of sight: another one goes on in its place. @param {Document} document */
export const gone = async ({ key: from, isPrivate }) => {
	for (const [key, { carrier }] of Object.entries(await index(isPrivate))) {
		if (carrier !== from) continue;
		const { wants_carrier: wants } = await feed(isPrivate, key, { kind: 'gone', at: Date.now() }, from);
		if (wants) await join(isPrivate, key, from);
	}
};

/** What a document that carries tells; the answer is what it is to ask for. @param {Document} document @param {number} number the parcel's @param {Happening} event @param {string} [body] */
export const told = async (document, number, event, body) => {
	const { isPrivate } = document;
	const carried = Object.entries(await index(isPrivate)).filter(([, { carrier }]) => carrier === document.key);
	if (carried.length === 0) return { version: VERSION };
	const last = await storage.lastAnswer(document.key);
	if (last?.number === number) return { version: VERSION, asks: last.asks };
	// A document that has gone from one environment to another carries for both: the number of an answer is one's only.
	const asks = [];
	for (const [key] of carried) asks.push(...((await feed(isPrivate, key, event, document.key, body)).asks ?? []));
	await storage.answered(document.key, { number, asks });
	return { version: VERSION, asks };
};

/** An event of any document that may concern a sweep: it can carry one, or it shows a flow of one. @param {Document} document @param {Happening} event @returns {Promise<any[]>} what it is to ask for */
export const follow = async (document, event) => {
	if (!['shown', 'signed_in', 'captured'].includes(event.kind)) return [];
	const { isPrivate } = document;
	const marks = await index(isPrivate);
	if (Object.keys(marks).length === 0) return [];
	const key = (await core.whereabouts(document))?.key;
	const mark = key === undefined ? undefined : marks[key];
	if (key === undefined || !mark) return [];
	const isThere = mark.carrier !== null && (await storage.entries()).some((entry) => entry.key === mark.carrier);
	let { wants } = mark;
	if (mark.carrier !== null && !isThere) wants = (await feed(isPrivate, key, { kind: 'gone', at: Date.now() })).wants_carrier;
	if (event.kind === 'captured') await look(document, key);
	const isItself = mark.carrier === document.key && event.kind !== 'captured';
	if (!wants && !isItself) return [];
	return (await feed(isPrivate, key, { kind: 'here', at: Date.now() }, document.key)).asks ?? [];
};

/** A flow of a sweep is looked at: what it holds now is taken over. @param {Document} document @param {string} key */
const look = async (document, key) => {
	const { isPrivate } = document;
	const outcome = await core.lookSweep(document, key, () => stored(isPrivate, key));
	if (outcome) await kept(isPrivate, key, { ...outcome, wants_carrier: (await index(isPrivate))[key]?.wants ?? false });
};

/** What a person does on the sweep's page. @param {boolean} isPrivate @param {string} key @param {Happening} event */
export const did = async (isPrivate, key, event) => {
	const { carrier } = (await index(isPrivate))[key] ?? {};
	const isThere = !carrier || (await storage.entries()).some((entry) => entry.key === carrier);
	if (!isThere) await feed(isPrivate, key, { kind: 'gone', at: Date.now() });
	const outcome = await feed(isPrivate, key, { ...event, at: Date.now() }, isThere ? (carrier ?? undefined) : undefined);
	await (outcome.wants_carrier ? join(isPrivate, key) : push(isPrivate, key, outcome));
};

/** A sweep, or all of them, was deleted in the options. @param {Record<string, chrome.storage.StorageChange>} changes */
export const deleted = async (changes) => {
	const keys = Object.entries(changes).filter(([key, { newValue }]) => storage.isSweep(key) && newValue === undefined).map(([key]) => key);
	if (keys.length === 0) return;
	const marks = await index(false);
	const left = Object.fromEntries(Object.entries(marks).filter(([key]) => !keys.includes(key)));
	for (const key of keys) core.forgetSweep(false, key);
	const gone = keys.filter((key) => Object.hasOwn(marks, key));
	if (gone.length === 0) return;
	await chrome.storage.local.set({ [storage.SWEEPS]: left });
	// An answer that came before this was heard may have been stored once more.
	const again = Object.keys(await chrome.storage.local.get(null)).filter((known) => gone.some((key) => known === key || known.startsWith(`${key}:`)));
	if (again.length > 0) await chrome.storage.local.remove(again);
};
