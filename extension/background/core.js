/** The core (Rust, in WebAssembly): started when first needed, started afresh after a trap. Private windows have one of their own. */
import * as wasm from '../wasm/connection_lens.js';
import { kept } from './storage.js';

/**
 * @typedef {{ kind: string, [part: string]: unknown }} Happening
 * @typedef {{ version: number, paint?: any, asks?: any[], reveal?: any, badge?: string, changed: boolean, keep?: Record<string, unknown> }} Outcome
 * @typedef {{ lens: wasm.Lens | undefined, isStale: boolean }} Seat
 */

const VERSION = 1;

/** @type {Record<'open' | 'private', Seat>} */
const seats = { open: { lens: undefined, isStale: true }, private: { lens: undefined, isStale: true } };

/** @param {boolean} isPrivate */
const started = async (isPrivate) => {
	const seat = isPrivate ? seats.private : seats.open;
	if (!seat.lens) {
		await wasm.default({ module_or_path: chrome.runtime.getURL('wasm/connection_lens_bg.wasm') });
		seat.lens = new wasm.Lens();
		seat.isStale = true;
	}
	if (seat.isStale) {
		seat.isStale = false;
		seat.lens.local(JSON.stringify(await kept(isPrivate)));
	}
	return seat.lens;
};

/** What is kept, or the policy, changed: it is read again before the next event. @param {boolean} [byOthers] what a core said is to be kept, it knows */
export const stale = (byOthers = true) => {
	seats.open.isStale ||= byOthers;
	seats.private.isStale = true;
};

/** After a trap nothing of that instance is trusted: a fresh one takes the sessions back from storage. */
const drop = () => {
	seats.open.lens = seats.private.lens = undefined;
	/** @type {any} */ (wasm).__wbg_reset_state?.();
};

/** As many as the core takes back as a state. */
const MOST_HELD = 20;

/** A page that shows no flow says little. It is stored as it was said, and the core is started for it only when something else happens, or somebody looks. @param {Happening} event */
const canWait = ({ kind, address }) =>
	kind === 'hidden' || kind === 'signed_in' || (kind === 'shown' && URL.canParse(String(address)) && !/flow/i.test(new URL(String(address)).pathname));

/** A list of flows, as such pages load it: of it only the shape is used, for a report about a page with a flow. @param {Happening} event */
const isFlowList = ({ kind, address }) => kind === 'captured' && URL.canParse(String(address)) && /\/flows\/?$/i.test(new URL(String(address)).pathname);

/** The document's state with the event, where nothing but such events is known of it. @param {unknown} state @param {Happening} event */
const held = (state, event) => {
	const isHeld = typeof state === 'string' && state.startsWith('[');
	if (seats.open.lens || seats.private.lens || !(state === undefined || isHeld)) return undefined;
	if (isHeld && isFlowList(event)) return state;
	if (!canWait(event)) return undefined;
	const events = [...JSON.parse(state ?? '[]'), event];
	return events.length <= MOST_HELD ? JSON.stringify(events) : undefined;
};

/** @param {string} key */
export const forget = (key) => {
	seats.open.lens?.forget(key);
	seats.private.lens?.forget(key);
};

/**
 * Feeds one event to a document's session. `isNew`: nothing was known of the document, or nothing that is understood.
 * @param {{ key: string, isPrivate: boolean }} document @param {Happening} event @param {string} [body]
 * @returns {Promise<{ outcome: Outcome, state: () => string, isNew: boolean }>}
 */
export const feed = async ({ key, isPrivate }, event, body = '') => {
	const isKnown = (isPrivate ? seats.private : seats.open).lens?.holds(key);
	const state = isKnown ? undefined : (await chrome.storage.session.get(key))[key];
	const asHeld = isKnown ? undefined : held(state, event);
	if (asHeld !== undefined) return { outcome: { version: VERSION, changed: true }, state: () => asHeld, isNew: state === undefined };
	const lens = await started(isPrivate);
	let isNew = false;
	try {
		if (!lens.holds(key)) {
			// One of another version says nothing either: the document tells everything anew.
			isNew = typeof state !== 'string' || !lens.restore(key, state);
		}
		const outcome = JSON.parse(lens.feed(key, JSON.stringify(event), new TextEncoder().encode(body)));
		return { outcome, state: () => lens.state(key), isNew };
	} catch (error) {
		if (error instanceof WebAssembly.RuntimeError) drop();
		throw error;
	}
};

/** Whatever a trap left behind isn't trusted. @template T @param {() => T} work @returns {T} */
const carefully = (work) => {
	try {
		return work();
	} catch (error) {
		if (error instanceof WebAssembly.RuntimeError) drop();
		throw error;
	}
};

/** Which sweep a document could carry, and for whom; nothing while that isn't known. @param {{ key: string, isPrivate: boolean }} document @returns {Promise<{ key: string } | undefined>} */
export const whereabouts = async ({ key, isPrivate }) => {
	const lens = await started(isPrivate);
	if (!lens.holds(key)) {
		const state = (await chrome.storage.session.get(key))[key];
		if (typeof state === 'string') carefully(() => lens.restore(key, state));
	}
	return carefully(() => {
		const told = lens.whereabouts(key);
		return told === undefined ? undefined : JSON.parse(told);
	});
};

/** The keys under which a sweep is stored. @param {string} key @param {unknown} head */
export const sweepKeys = (key, head) => /** @type {string[]} */ (JSON.parse(wasm.sweep_keys(key, JSON.stringify(head))));

/** @param {boolean} isPrivate @param {string} key @param {() => Promise<Record<string, unknown>>} stored */
const withSweep = async (isPrivate, key, stored) => {
	const lens = await started(isPrivate);
	if (!lens.holds_sweep(key)) {
		const items = JSON.stringify(await stored());
		carefully(() => lens.restore_sweep(key, items));
	}
	return lens;
};

/** Feeds a sweep. @param {boolean} isPrivate @param {string} key @param {() => Promise<Record<string, unknown>>} stored @param {Happening} event @param {string} [from] @param {string} [body] */
export const feedSweep = async (isPrivate, key, stored, event, from = '', body = '') => {
	const lens = await withSweep(isPrivate, key, stored);
	return carefully(() => JSON.parse(lens.feed_sweep(key, JSON.stringify(event), from, new TextEncoder().encode(body))));
};

/** What a document shows of a flow is taken over. @param {{ key: string, isPrivate: boolean }} document @param {string} key @param {() => Promise<Record<string, unknown>>} stored */
export const lookSweep = async (document, key, stored) => {
	const lens = await withSweep(document.isPrivate, key, stored);
	return carefully(() => {
		const told = lens.look_sweep(key, document.key, Date.now());
		return told === undefined ? undefined : JSON.parse(told);
	});
};

/** @param {boolean} isPrivate @param {string} key */
export const forgetSweep = (isPrivate, key) => (isPrivate ? seats.private : seats.open).lens?.forget_sweep(key);
