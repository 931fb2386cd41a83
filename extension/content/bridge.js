/**
 * Carries what the page's scripts tell to the background, one event after the other, and the answers back. The page is checked here first;
 * the background checks again. No request leaves this file: the lint rules hold that.
 */
const bridge = (() => {
	'use strict';
	const VERSION = 1;
	/** The longest text that comes out of the page, in UTF-16 units; page.js tells none longer, and the core reads none. */
	const MOST = 16 * 1024 * 1024;
	/**
	 * In milliseconds, before each try. While the browser is still busy with stopping a worker, it refuses messages for a moment. Whatever fails to the
	 * last (a parcel that the browser finds too long, say) is given up, and the person told: it must not block the others for ever.
	 */
	const PAUSES = [0, 30, 120, 500, 2_000, 5_000];
	/** A page tells about ten things while it loads. Beyond this the oldest goes: what comes later says more. */
	const MOST_WAITING = 64;
	/** The background answers within milliseconds; a worker that doesn't in this time is taken for dead. A parcel that comes twice is taken in once. */
	const PATIENCE = 5_000;
	/** For what must happen while a press still counts as one. */
	const SOON = 1_000;

	/**
	 * @typedef {{ kind: string, [part: string]: unknown }} Happening
	 * @typedef {{ version?: number, paint?: any, asks?: any[], reveal?: any, bar?: any, again?: boolean, error?: string }} Outcome
	 * @typedef {{ v: number, doc: string, n: number, event: Happening, body?: string }} Parcel
	 * @typedef {{ parcel: Parcel, answer: number }} Waiting `answer`: the number that the page gave to the answer in it; 0: none
	 */

	/** This load of the document. */
	const doc = crypto.randomUUID();
	let number = 0;
	/** @type {Waiting[]} */
	let waiting = [];
	/** The page's number of the last answer that the core knows. */
	let seen = 0;
	let isBusy = false;
	/** @type {(outcome: Outcome) => void} */
	let receive = () => {};
	/** @type {() => void} */
	let orphaned = () => {};
	let isOrphan = false;
	let giveUp = () => {};

	/** The longest words, in UTF-16 units: an address as services take it, a method, an id (a GUID has 36), a reason of page.js. What is longer no page's script of ours said. */
	const LONGEST = { address: 8_192, method: 16, id: 64, flow: 36, why: 32 };
	const isText = (/** @type {unknown} */ value, /** @type {number} */ most) => typeof value === 'string' && value.length <= most;
	const isNumber = (/** @type {unknown} */ value) => typeof value === 'number' && Number.isFinite(value);

	/** What the core reads of the page's address. A sign-in library may leave codes and tokens in the rest. */
	const READ = new Set(['v3', 'widgettype']);
	const here = () => {
		const { origin, pathname, searchParams } = new URL(location.href);
		const said = new URLSearchParams([...searchParams].filter(([name]) => READ.has(name.toLowerCase()))).toString();
		return `${origin}${pathname}${said && `?${said}`}`;
	};

	/** What may come out of the page, by kind; whatever else comes is dropped. @type {Record<string, (said: any) => boolean>} */
	const fromPage = {
		captured: (said) =>
			isText(said.method, LONGEST.method) && isText(said.address, LONGEST.address) && Number.isInteger(said.status) && said.status >= 100 && said.status <= 599 && isNumber(said.at) &&
			typeof said.asked === 'boolean' && (said.retry_after === null || isNumber(said.retry_after)) && Number.isSafeInteger(said.number) && isText(said.text, MOST),
		signed_in: (said) => isText(said.account, LONGEST.id) && isText(said.tenant, LONGEST.id),
		unanswered: (said) => ['flow', 'flow_connections', 'connections'].includes(said.ask) && isText(said.flow, LONGEST.flow) && isText(said.why, LONGEST.why),
		swept: (said) =>
			Number.isSafeInteger(said.number) && Number.isInteger(said.status) && said.status >= 100 && said.status <= 599 && isNumber(said.at) && typeof said.more === 'boolean' &&
			typeof said.cut === 'boolean' && (said.retry_after === null || isNumber(said.retry_after)) && isText(said.text, MOST),
		unswept: (said) => Number.isSafeInteger(said.number) && isText(said.why, LONGEST.why) && isNumber(said.at),
	};
	/** @type {Record<string, (said: any) => boolean>} */
	const fromDesigner = {
		designer: (said) => isText(said.text, MOST),
		designer_gone: () => true,
	};

	/** The parts of each kind that cross, so that nothing else does. @type {Record<string, string[]>} */
	const parts = {
		captured: ['method', 'address', 'status', 'at', 'asked', 'retry_after'],
		signed_in: ['account', 'tenant'],
		unanswered: ['ask', 'flow', 'why'],
		swept: ['number', 'status', 'at', 'retry_after', 'more', 'cut'],
		unswept: ['number', 'why', 'at'],
		designer: [],
		designer_gone: [],
	};

	/** From this length on, in UTF-16 units, a text is read here: what is shorter is carried sooner than that. */
	const HEAVY = 512 * 1024;

	/**
	 * A long answer without the services' descriptions of themselves, which may be megabytes in each reference or row, and which nobody reads. Only in their
	 * known places: anything else may be a person's own and happen to have their name. @param {string} text
	 */
	const lighter = (text) => {
		if (text.length < HEAVY) return text;
		try {
			const document = JSON.parse(text);
			const rows = Array.isArray(document) ? document : document.value;
			for (const { properties = {} } of Array.isArray(rows) ? rows : [document]) {
				const references = Object.values(properties.connectionReferences ?? {});
				for (const described of [properties, ...references]) {
					delete described.swagger;
					delete described.apiDefinition?.properties?.swagger;
				}
			}
			return JSON.stringify(document);
		} catch {
			return text; // The core tells what is wrong with it.
		}
	};

	/** What came out of a port, as an event; nothing where it isn't one. @param {unknown} said @param {Record<string, (said: any) => boolean>} kinds */
	const read = (said, kinds) => {
		if (typeof said !== 'object' || said === null) return undefined;
		const { kind, text, number: answer = 0 } = /** @type {any} */ (said);
		if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind) || !kinds[kind](said)) return undefined;
		/** @type {Happening} */
		const event = { kind };
		for (const part of parts[kind]) {
			const value = /** @type {any} */ (said)[part];
			if (value !== null) event[part] = value;
		}
		if (kind === 'designer') Object.assign(event, { address: here(), at: Date.now() });
		return { event, body: typeof text !== 'string' ? undefined : kind === 'designer' ? text : lighter(text), answer: kind === 'captured' ? answer : 0 };
	};

	/** A newer one of these says all that an older, unsent one says. */
	const REPLACED = new Set(['designer', 'found', 'rows', 'shown']);

	/** @param {Happening} event @param {string} [body] @param {number} [answer] */
	const send = (event, body, answer = 0) => {
		if (isOrphan) return;
		if (REPLACED.has(event.kind)) waiting = waiting.filter(({ parcel }, index) => (isBusy && index === 0) || parcel.event.kind !== event.kind);
		number += 1;
		waiting.push({ parcel: { v: VERSION, doc, n: number, event, ...(body === undefined ? {} : { body }) }, answer });
		if (waiting.length > MOST_WAITING) waiting.splice(isBusy ? 1 : 0, 1);
		void run();
	};

	/** The page goes: whatever waits still, this is said now or never. */
	const leave = () => {
		if (isOrphan) return;
		number += 1;
		deliver({ v: VERSION, doc, n: number, event: { kind: 'hidden' } }).catch(() => {});
	};

	/** One parcel at a time, in order. The number lets the background tell a parcel that comes again from a new one. */
	const run = async () => {
		if (isBusy) return;
		isBusy = true;
		while (waiting.length > 0 && !isOrphan) {
			const [{ parcel, answer }] = waiting;
			const outcome = await delivered(parcel);
			waiting.shift();
			// Given up, it is known to be lost: what it held may be asked for anew.
			seen = Math.max(seen, answer);
			if (!outcome) {
				if (!isOrphan) receive({ error: 'lost' });
				continue;
			}
			receive(outcome);
		}
		isBusy = false;
	};

	/** @param {unknown} message @param {boolean} [isParcel] @param {number} [patience] @returns {Promise<any>} */
	const deliver = (message, isParcel = false, patience = PATIENCE) => {
		if (!chrome.runtime?.id) return Promise.reject(new Error('Extension context invalidated.'));
		const late = new Promise((_, reject) => {
			setTimeout(() => reject(new Error('no answer')), patience);
			if (isParcel) giveUp = () => reject(new Error('no answer'));
		});
		return Promise.race([chrome.runtime.sendMessage(message), late]);
	};

	/** Back from the back/forward cache: what was under way then is never answered. */
	const woken = () => giveUp();

	const pause = (/** @type {number} */ wait) => new Promise((resolve) => setTimeout(resolve, wait));

	/** @param {Parcel} parcel @returns {Promise<Outcome | undefined>} */
	const delivered = async (parcel) => {
		for (const wait of PAUSES) {
			if (wait > 0) await pause(wait);
			if (check()) return undefined;
			try {
				const outcome = await deliver(parcel, true);
				if (outcome && typeof outcome === 'object') return outcome;
			} catch {
				// A worker that was stopped in the middle: the next attempt starts it again.
			}
		}
		return undefined;
	};

	/** Whether the extension was updated or removed under this document: then everything here ends. */
	const check = () => {
		if (!isOrphan && !chrome.runtime?.id) {
			isOrphan = true;
			waiting = [];
			orphaned();
		}
		return isOrphan;
	};

	/**
	 * Something that is no event: opening the panel, where the bar stands. Said again soon where nobody answers: the browser takes a press for one
	 * only some seconds long, and doing either twice is as doing it once.
	 * @param {Record<string, unknown>} message @returns {Promise<any>} the answer, if there was one
	 */
	const tell = async (message) => {
		for (const wait of PAUSES.filter((wait) => wait < SOON)) {
			if (wait > 0) await pause(wait);
			if (check()) return undefined;
			try {
				return await deliver({ v: VERSION, doc, ...message }, false, SOON);
			} catch {
				// As above.
			}
		}
		return undefined;
	};

	/** What a bug report counts on the page: elements by selectors of ours, and nothing of what stands in them. */
	const COUNTED = ['.react-flow', '.react-flow__node', '[id^="msla-node-"]', '.msla-card', '.msla-card-title-group', '.fl-V3DesignerPage', '[id^="msla-node-details-panel-"]', 'iframe', '[role="dialog"]', '[role="row"]', '[role="listitem"]', '[data-list-index]'];

	/** What the background sends by itself, after the panel or a keyboard command changed something; and what the options page asks for. @param {any} message @param {chrome.runtime.MessageSender} sender @param {(counts: Record<string, number>) => void} answer */
	const pushed = (message, sender, answer) => {
		if (sender.id === chrome.runtime.id && message?.doc === doc && message.count === true) {
			answer(Object.fromEntries(COUNTED.map((selector) => [selector, document.querySelectorAll(selector).length])));
			return;
		}
		if (sender.id !== chrome.runtime.id || message?.doc !== doc || typeof message.outcome !== 'object' || message.outcome === null) return;
		receive(message.outcome);
	};

	/** @param {{ receive: typeof receive, orphaned: typeof orphaned }} ends */
	const start = (ends) => {
		({ receive, orphaned } = ends);
		chrome.runtime.onMessage.addListener(pushed);
	};

	return { start, send, leave, tell, check, woken, read, here, seen: () => seen, fromPage, fromDesigner };
})();
