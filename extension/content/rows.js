/**
 * Marks the rows of a flow's connections pane. Nobody outside knows how that pane is built, so nothing is looked for by a heading or a class: a row is
 * what bears a connection's id in one of its attributes, or else what shows the texts of exactly one connection. Where neither tells, nothing is marked.
 */
const rows = (() => {
	'use strict';
	const MARK = 'data-connection-lens-row';
	const LABEL = 'data-connection-lens-label';
	const STYLES = new Set(['used', 'unused', 'unknown']);
	const ROW = '[role="row"], [role="listitem"], [role="option"], li, tr, [data-list-index]';
	/** The page is looked through once for everything that changes in this time, in milliseconds. */
	const REST = 250;
	/** A page with more than this isn't the details page that is meant. */
	const MOST_ELEMENTS = 20_000;

	/** @typedef {{ id: string, style: string, label: string, name: string, connector: string }} Row */

	/** @type {Row[]} */
	let wanted = [];
	/** @type {RegExp | undefined} */
	let ids;
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let soon;
	let told = -1;
	/** @type {(count: number) => void} */
	let marked = () => {};

	const plain = (/** @type {string} */ text) => text.replace(/\s+/g, ' ').trim().toLowerCase();

	/** The row around an element that bears a connection's id. @param {Element} element */
	const rowOf = (element) => element.closest(ROW) ?? (element.matches('a') ? element.parentElement : element);

	/** @param {Element} element @returns {string | undefined} the connection's id that one of its attributes holds */
	const idIn = (element) => {
		for (const { name, value } of element.attributes) {
			// Our own marks hold names of people, and a source of a picture tells of the connector only.
			if (value.length < 16 || name.startsWith('data-connection-lens') || name === 'src' || name === 'style') continue;
			const found = ids?.exec(value)?.[0];
			if (found) return found.toLowerCase();
		}
		return undefined;
	};

	/** @returns {Map<Element, Row>} */
	const byId = () => {
		/** @type {Map<Element, Row>} */
		const found = new Map();
		const elements = document.body.getElementsByTagName('*');
		if (!ids || elements.length > MOST_ELEMENTS) return found;
		const known = new Map(wanted.map((row) => [row.id.toLowerCase(), row]));
		/** @type {Map<Element, Set<string>>} */
		const held = new Map();
		for (const element of elements) {
			const id = idIn(element);
			const row = id && rowOf(element);
			if (row) held.set(row, (held.get(row) ?? new Set()).add(id));
		}
		for (const [element, holds] of held) {
			const [only] = holds;
			const row = holds.size === 1 ? known.get(only) : undefined;
			// What holds other rows is a list, not a row.
			if (row && ![...held.keys()].some((other) => other !== element && element.contains(other))) found.set(element, row);
		}
		return found;
	};

	/** @returns {Map<Element, Row>} */
	const byText = () => {
		/** @type {Map<Element, Row>} */
		const found = new Map();
		const candidates = wanted.filter(({ name, connector }) => name !== '' && connector !== '');
		for (const element of document.body.querySelectorAll(ROW)) {
			if (element.querySelector(ROW)) continue;
			const said = plain(element.textContent ?? '');
			if (said.length === 0 || said.length > 400) continue;
			const fitting = candidates.filter(({ name, connector }) => said.includes(plain(name)) && said.includes(plain(connector)));
			// The same account twelve times over on one connector: no text tells which is which.
			if (fitting.length === 1) found.set(element, fitting[0]);
		}
		return found;
	};

	const look = () => {
		soon = undefined;
		const found = wanted.length === 0 ? new Map() : byId();
		if (found.size === 0 && wanted.length > 0) for (const [element, row] of byText()) found.set(element, row);
		for (const old of document.querySelectorAll(`[${MARK}]`)) {
			if (found.has(old)) continue;
			old.removeAttribute(MARK);
			old.removeAttribute(LABEL);
		}
		for (const [element, { style, label }] of found) {
			if (element.getAttribute(MARK) !== style) element.setAttribute(MARK, style);
			if (element.getAttribute(LABEL) !== label) element.setAttribute(LABEL, label);
		}
		if (wanted.length > 0 && found.size !== told) {
			told = found.size;
			marked(told);
		}
	};
	const watching = new MutationObserver(() => {
		soon ??= setTimeout(look, REST);
	});

	/** @param {any} paint */
	const draw = (paint) => {
		wanted = [];
		for (const [id, { style, label, name, connector }] of Object.entries(paint?.rows ?? {})) {
			if (STYLES.has(style)) wanted.push({ id, style, label: words.text(label), name: name ?? '', connector });
		}
		watching.disconnect();
		told = -1;
		ids = wanted.length === 0 ? undefined : new RegExp(wanted.map(({ id }) => id.replace(/[^\w-]/g, '\\$&')).join('|'), 'i');
		if (wanted.length > 0) watching.observe(document.body, { childList: true, subtree: true });
		look();
	};

	/** Leaves no trace. */
	const stop = () => draw(null);

	/** @param {typeof marked} listener */
	const start = (listener) => {
		marked = listener;
	};

	return { start, draw, stop };
})();
