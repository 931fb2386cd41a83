/**
 * What is stored while the browser runs: each document's session under its key, beside it what it was answered last, and an index of the documents.
 * Only the reduced model is stored, never what a service answered.
 */

/** @typedef {{ key: string, tab: number, frame: number, doc: string, isPrivate: boolean }} Document a load of a document in a tab's frame */
/** @typedef {Document & { hasFlow: boolean, at: number, isGone?: boolean }} Entry the newest stand last; `hasFlow`: it is in sight and shows a flow; `at`: when it was shown last; `isGone`: it is known to be out of sight */

/** Documents of a tab: a page with its frames, and those before it, which may come back as they were. */
const MOST_IN_TAB = 8;
/** Documents in all: a state has 4 MB at most, usually some 100 KB, and the browser gives a session's area 10 MB. */
const MOST_DOCUMENTS = 60;
const INDEX = 'index';
const PRIVATE = 'private';

/** The index of sweeps. Each lies beside it, under several keys of its own. */
export const SWEEPS = 'sweeps';

/** @param {string} key */
export const isSweep = (key) => key === SWEEPS || key.startsWith('sweep:');

/** @param {string} key @returns {Promise<any>} */
const read = async (key) => (await chrome.storage.session.get(key))[key];

/** The browser stores no more: its session's area is full, or the disk. @returns {never} */
export const refused = () => {
	throw Object.assign(new Error('not stored'), { name: 'StorageError' });
};

const answerKey = (/** @type {string} */ key) => `reply:${key}`;

/** @typedef {{ number: number, asks?: any[], reveal?: any }} Answer */

/** Index and answers as they are stored. Nobody but one worker at a time writes them, so they are read once in its life. @type {{ entries?: Entry[], answers: Map<string, Answer | undefined> }} */
const known = { answers: new Map() };

/** @returns {Promise<readonly Entry[]>} */
export const entries = async () => (known.entries ??= /** @type {Entry[]} */ ((await read(INDEX)) ?? []));

/** What a document was answered last. @param {string} key @returns {Promise<Answer | undefined>} */
export const lastAnswer = async (key) => {
	if (!known.answers.has(key)) known.answers.set(key, await read(answerKey(key)));
	return known.answers.get(key);
};

/** Writes; what is known of it is what is written. @param {Record<string, unknown>} items @param {{ entries?: Entry[], answered?: [string, Answer] }} what */
const write = async (items, { entries: all, answered: answer }) => {
	await chrome.storage.session.set(items);
	if (all) known.entries = all;
	if (answer) known.answers.set(...answer);
};

/** A document was answered. @param {string} key @param {Answer} answer */
export const answered = (key, answer) => write({ [answerKey(key)]: answer }, { answered: [key, answer] });

/** Takes documents out of storage. @param {string[]} keys */
const remove = async (keys) => {
	if (keys.length > 0) await chrome.storage.session.remove(keys.flatMap((key) => [key, answerKey(key)]));
	for (const key of keys) known.answers.delete(key);
};

/** A tab was closed. @param {number} tab @returns {Promise<string[]>} the keys that are gone */
export const closed = async (tab) => {
	const before = await entries();
	const gone = before.filter((entry) => entry.tab === tab).map((entry) => entry.key);
	const left = before.filter((entry) => entry.tab !== tab);
	await write({ [INDEX]: left }, { entries: left });
	await remove(gone);
	return gone;
};

/** A document that is out of sight keeps its place among the others. @param {string} key @param {string} state */
export const hide = async (key, state) => {
	const all = (await entries()).map((entry) => (entry.key === key ? { ...entry, hasFlow: false, isGone: true } : entry));
	await write({ [INDEX]: all, [key]: state }, { entries: all });
};

/** Those that go where there are too many: first what is out of sight, then the oldest. @param {Entry[]} entries the oldest first @param {number} most */
const surplus = (entries, most) => [...entries.filter(({ isGone }) => isGone), ...entries.filter(({ isGone }) => !isGone)].slice(0, Math.max(0, entries.length - most));

/** @param {Entry | undefined} one @param {Entry} other */
const isSame = (one, other) => one?.key === other.key && one.hasFlow === other.hasFlow && one.at === other.at && one.isGone === other.isGone;

/**
 * Writes everything that an event changed, at once; where that is nothing, as after most of what people decide, nothing. The document becomes the newest; the oldest go when there are too many.
 * @param {Entry} entry @param {string | undefined} state the session, if it changed @param {{ number: number, asks?: any[], reveal?: any }} [answer]
 * @returns {Promise<string[]>} the keys that are gone
 */
export const save = async (entry, state, answer) => {
	const before = await entries();
	if (state === undefined && !answer && isSame(before.at(-1), entry)) return [];
	const all = before.filter(({ key }) => key !== entry.key);
	all.push(entry);
	const inTab = all.filter(({ tab }) => tab === entry.tab);
	const gone = new Set([...surplus(inTab, MOST_IN_TAB), ...surplus(all, MOST_DOCUMENTS)].map(({ key }) => key));
	gone.delete(entry.key);
	const store = () => {
		const left = all.filter(({ key }) => !gone.has(key));
		const items = { [INDEX]: left, ...(state === undefined ? {} : { [entry.key]: state }), ...(answer ? { [answerKey(entry.key)]: answer } : {}) };
		return write(items, { entries: left, answered: answer && [entry.key, answer] });
	};
	await remove([...gone]);
	try {
		await store();
	} catch {
		// The browser's 10 MB are full: everything but this document goes, and is read anew when it is looked at.
		for (const { key } of all) if (key !== entry.key) gone.add(key);
		await remove([...gone]);
		await store().catch(refused);
	}
	return [...gone];
};

/** What people decide in private windows is kept until the last of them closes, and never on disk. */
export const privately = {
	/** @returns {Promise<Record<string, unknown>>} */
	all: async () => (await read(PRIVATE)) ?? {},
	/** @param {Record<string, unknown>} items */
	keep: async (items) => {
		const all = { ...(await privately.all()), ...items };
		await writing(chrome.storage.session, { [PRIVATE]: all });
	},
	/** @returns {Promise<string[]>} the sweeps that are gone; a session's area holds those of private windows alone */
	forget: async () => {
		const swept = Object.keys(await chrome.storage.session.get(null)).filter(isSweep);
		await chrome.storage.session.remove([PRIVATE, ...swept]);
		return swept;
	},
};

/** What the organisation says by policy; nothing where the browser knows of none. @returns {Promise<Record<string, unknown>>} */
const managed = async () => {
	try {
		return (await chrome.storage.managed?.get(null)) ?? {};
	} catch {
		return {};
	}
};

/** Everything that is kept but sweeps, which may be large, as the core takes it in. Under `managed` stands the policy, whatever else has that name. @param {boolean} [isPrivate] @returns {Promise<Record<string, any>>} */
export const kept = async (isPrivate = false) => {
	const local = Object.fromEntries(Object.entries(await chrome.storage.local.get(null)).filter(([key]) => !isSweep(key)));
	return { ...local, ...(isPrivate ? await privately.all() : {}), managed: await managed() };
};

/** @param {string} _ @param {any} part */
const sorted = (_, part) => (typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1))) : part);

/** A value as a text that is the same in whatever order a browser hands its parts back: Chromium sorts them. @param {unknown} value */
export const canonical = (value) => JSON.stringify(value, sorted);

/** What is written as it stood already is never heard of. */
const MOST_UNHEARD = 20;

/** What this worker wrote and hasn't heard of yet, by its key, the oldest first. @type {Map<string, string[]>} */
const written = new Map();

/** @param {chrome.storage.StorageArea} area @param {Record<string, unknown>} items */
const writing = async (area, items) => {
	for (const [key, value] of Object.entries(items)) written.set(key, [...(written.get(key) ?? []), canonical(value)].slice(-MOST_UNHEARD));
	try {
		await area.set(items);
	} catch {
		for (const key of Object.keys(items)) written.delete(key);
		refused();
	}
};

/** @param {boolean} isPrivate @param {Record<string, unknown>} items */
export const keep = (isPrivate, items) => (isPrivate ? privately.keep(items) : writing(chrome.storage.local, items));

/** Whether somebody else changed it: a person in the options, another worker before this one. To be asked once for each change. @param {Record<string, chrome.storage.StorageChange>} changes */
export const isByOthers = (changes) => {
	const byOthers = Object.entries(changes).filter(([key, { newValue }]) => {
		const own = written.get(key) ?? [];
		const at = newValue === undefined ? -1 : own.indexOf(canonical(newValue));
		// After somebody else's, what was never heard of mustn't be taken for one of theirs.
		if (at < 0) written.delete(key);
		else written.set(key, own.slice(at + 1));
		return at < 0;
	});
	return byOthers.length > 0;
};

/** Whether what is decided in private windows changed. @param {Record<string, unknown>} changes */
export const isPrivately = (changes) => PRIVATE in changes;

/** Where a person put the bar. @param {boolean} isPrivate @returns {Promise<any>} */
export const barPlace = async (isPrivate) => (isPrivate ? (await privately.all()).bar : undefined) ?? (await chrome.storage.local.get('bar')).bar;
