/** The core (Rust, in WebAssembly): started when first needed, started afresh after a trap. Private windows have one of their own. */
import * as wasm from '../wasm/connection_lens.js';
import { kept } from './storage.js';

/**
 * @typedef {{ kind: string, [part: string]: unknown }} Happening
 * @typedef {{ version: number, paint?: any, asks?: any[], reveal?: any, badge?: string, changed: boolean, keep?: Record<string, unknown> }} Outcome
 * @typedef {{ lens: wasm.Lens | undefined, isStale: boolean }} Seat
 */

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

/** What is kept, or the policy, changed: it is read again before the next event. */
export const stale = () => {
	seats.open.isStale = seats.private.isStale = true;
};

/** After a trap nothing of that instance is trusted: a fresh one takes the sessions back from storage. */
const drop = () => {
	seats.open.lens = seats.private.lens = undefined;
	/** @type {any} */ (wasm).__wbg_reset_state?.();
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
	const lens = await started(isPrivate);
	let isNew = false;
	try {
		if (!lens.holds(key)) {
			const state = (await chrome.storage.session.get(key))[key];
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
