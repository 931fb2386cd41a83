/**
 * Marks the designer's cards: the new designer's by their ids, the classic one's by their titles (classic.js). The look is overlay.css, which is fixed; here only attributes are set, so that no name of the page's or of a person's
 * ever stands in a selector or a stylesheet. Only visible nodes are in the document: an observer marks the others as they are mounted, before they are painted.
 */
const painter = (() => {
	'use strict';
	const MARK = 'data-connection-lens';
	const LABEL = 'data-connection-lens-label';
	const SHORT = 'data-connection-lens-short';
	const HERE = 'data-connection-lens-here';
	const FAR = 'data-connection-lens-far';
	const DARK = 'data-connection-lens-dark';
	/** Orange and blue instead of orange and green. */
	const SAFE = 'data-connection-lens-safe';
	const ON = { highlight: 'data-connection-lens-highlight', owners: 'data-connection-lens-owners' };
	const ZOOM = '--connection-lens-zoom';
	/** Below it a name has no room: initials. */
	const FAR_BELOW = 0.5;
	const MOST_AT_ONCE = 150;
	const STYLES = new Set(['mismatch', 'owner', 'intended', 'unknown', 'run-only']);
	/** The header of a scope is a node of its own, beside the frame that bears the scope's id. */
	const HEADER = '-#scope';
	/** Frames around cards: never marked. */
	const FRAMES = /\breact-flow__node-(?:sub)?(?:graph|hidden)/i;
	const CARD = '[id^="msla-node-"]';

	/** As the core says it: put into words where it is drawn, for only what is in sight is. @typedef {{ style: string, label: Parameters<typeof words.text>[0], initials: string, listed: boolean }} Mark */

	/** @type {Map<string, Mark>} */
	let marks = new Map();
	/** Marked operations that the page has shown since this flow came. @type {Set<string>} */
	const seen = new Set();
	let flow = '';
	/** Whether rows of the connections pane are marked (rows.js); they share the colours. */
	let hasRows = false;
	/** Operations whose title stands on several cards. */
	let repeated = 0;
	/** @type {HTMLElement | null} */
	let canvas = null;
	/** @type {HTMLElement | null} */
	let viewport = null;
	let zoom = 0;
	let isDark = false;
	/** @type {(what: { canvas?: boolean, found?: boolean, dark?: boolean, layout?: boolean }) => void} */
	let changed = () => {};

	const root = document.documentElement;
	const canvases = document.getElementsByClassName('react-flow');
	const nodes = document.getElementsByClassName('react-flow__node');

	/** The element that a mark belongs on: the card itself, never the frame or a handle. @param {Element} node @param {string} id */
	const cardOf = (node, id) => {
		const card = node.querySelector(CARD);
		if (card) return card.id === `msla-node-${id}` ? card : null;
		// Another build of the designer, without these ids: the card is what isn't a handle.
		return FRAMES.test(node.className) || canvas?.querySelector(CARD) ? null : node.querySelector(':scope > :not(.react-flow__handle)');
	};

	/** @param {Element} element @param {string} name @param {string | undefined} value */
	const set = (element, name, value) => {
		if (value === undefined) element.removeAttribute(name);
		else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
	};

	/** @param {Element} node a `.react-flow__node` */
	const markNode = (node) => {
		const own = node.getAttribute('data-id');
		if (own === null) return;
		const id = own.endsWith(HEADER) ? own.slice(0, -HEADER.length) : own;
		const mark = marks.get(id);
		const card = mark && cardOf(node, id);
		for (const old of node.querySelectorAll(`[${MARK}]`)) if (old !== card) unmark(old);
		if (mark && card) setMark(card, id, mark);
	};

	/** @param {Element} card @param {string} id @param {Mark} mark */
	const setMark = (card, id, mark) => {
		set(card, MARK, mark.style);
		set(card, LABEL, words.text(mark.label));
		set(card, SHORT, mark.initials === '?' ? '' : mark.initials);
		if (!seen.has(id)) {
			seen.add(id);
			changed({ found: true });
		}
	};

	/** @param {Element} card */
	const unmark = (card) => {
		for (const name of [MARK, LABEL, SHORT, HERE]) card.removeAttribute(name);
	};

	/** The operations by their title: another one with the same may stand in a closed card. @returns {Map<string, string[]>} */
	const titled = () => {
		/** @type {Map<string, string[]>} */
		const ids = new Map();
		for (const id of marks.keys()) ids.set(classic.keyOf(id), [...(ids.get(classic.keyOf(id)) ?? []), id]);
		return ids;
	};

	const isClassic = () => canvas !== null && canvas !== canvases[0];

	/** Each title that stands there once, and that one operation has, is marked. Of all others nobody knows which operation they are. */
	const markTitles = () => {
		/** @type {Set<Element>} */
		const marked = new Set();
		const cards = classic.cards();
		repeated = 0;
		for (const [key, ids] of titled()) {
			const found = cards.get(key) ?? [];
			if (found.length > 1 || ids.length > 1) repeated += ids.length;
			else if (found.length === 1) {
				marked.add(found[0]);
				setMark(found[0], ids[0], /** @type {Mark} */ (marks.get(ids[0])));
			}
		}
		for (const old of root.querySelectorAll(`[${MARK}]`)) if (!marked.has(old)) unmark(old);
	};

	const markAll = () => {
		if (isClassic()) return markTitles();
		for (const node of canvas?.querySelectorAll('.react-flow__node[data-id]') ?? []) markNode(node);
	};

	/** @param {MutationRecord[]} records */
	const mounted = (records) => {
		if (marks.size === 0) return;
		if (isClassic()) return markTitles();
		for (const { addedNodes } of records) {
			for (const added of addedNodes) {
				if (!(added instanceof Element)) continue;
				const node = added.closest('.react-flow__node[data-id]');
				if (node) markNode(node);
				else for (const inner of added.querySelectorAll('.react-flow__node[data-id]')) markNode(inner);
			}
		}
	};
	const mounting = new MutationObserver(mounted);

	// ---- zoom and ground ----

	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let resting;
	const readZoom = () => {
		const scale = Number(/scale\(([\d.]+)/.exec(viewport?.style.transform ?? '')?.[1] ?? 1) || 1;
		if (!viewport || scale === zoom) return;
		clearTimeout(resting);
		// Every mounted node inherits the zoom: 6 ms a frame for 40 of them, 120 ms for 1,000. So many wait until the zooming rests.
		if (zoom !== 0 && nodes.length > MOST_AT_ONCE) resting = setTimeout(setZoom, 120, scale);
		else setZoom(scale);
	};
	/** @param {number} scale */
	const setZoom = (scale) => {
		zoom = scale;
		viewport?.style.setProperty(ZOOM, String(scale));
		viewport?.toggleAttribute(FAR, scale < FAR_BELOW);
	};
	const zooming = new MutationObserver(readZoom);

	const prefersDark = matchMedia('(prefers-color-scheme: dark)');

	/** Whether the designer stands on a dark ground: the system's wish says little about a page with a theme of its own. */
	const readGround = () => {
		let dark = prefersDark.matches;
		/** @type {Element | null} */
		let element = canvas ?? document.body;
		for (; element; element = element.parentElement) {
			const [, r, g, b, a = '1'] = /rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)/.exec(getComputedStyle(element).backgroundColor) ?? [];
			if (r === undefined || Number(a) < 0.5) continue;
			dark = 0.299 * Number(r) + 0.587 * Number(g) + 0.114 * Number(b) < 128;
			break;
		}
		// A page that paints no ground at all lies on the browser's: white, unless it says that it knows dark.
		if (canvas && !element) dark = prefersDark.matches && getComputedStyle(root).colorScheme.includes('dark');
		if (dark !== isDark) {
			isDark = dark;
			changed({ dark: true });
		}
		root.toggleAttribute(DARK, isDark && (flow !== '' || hasRows));
	};
	prefersDark.addEventListener('change', readGround);
	const theming = new MutationObserver(readGround);

	// ---- the canvas comes and goes ----

	const look = () => {
		const now = /** @type {HTMLElement | null} */ (canvases[0] ?? classic.canvas(canvas));
		if (now !== canvas) {
			canvas = now;
			mounting.disconnect();
			// A classic card that gets another title is another operation.
			const titles = isClassic() ? { attributes: true, attributeFilter: ['aria-label'], characterData: true } : {};
			if (canvas) mounting.observe(canvas, { childList: true, subtree: true, ...titles });
			markAll();
			readGround();
			changed({ canvas: true });
		}
		const view = /** @type {HTMLElement | null} */ (canvas?.querySelector('.react-flow__viewport') ?? null);
		if (view !== viewport) {
			viewport = view;
			zoom = 0;
			zooming.disconnect();
			if (viewport) zooming.observe(viewport, { attributes: true, attributeFilter: ['style'] });
			readZoom();
		}
	};
	const coming = new MutationObserver(() => {
		if (canvases[0] !== canvas || !viewport?.isConnected) look();
		// Something came or went: perhaps the details panel.
		if (flow) changed({ layout: true });
	});

	/** @param {typeof changed} listener */
	const start = (listener) => {
		changed = listener;
		coming.observe(document, { childList: true, subtree: true });
		theming.observe(root, { attributes: true, attributeFilter: ['class', 'style', 'data-theme'] });
		look();
	};

	/** How many of the marked operations the page shows or lists. Until it has shown one, its list is no proof that this is the designer's page. */
	const found = () => {
		let count = 0;
		const isShown = [...seen].some((id) => marks.has(id));
		for (const [id, mark] of marks) if (seen.has(id) || (isShown && mark.listed)) count += 1;
		return { count, of: marks.size, repeated: isClassic() ? repeated : 0 };
	};

	/** @param {any} paint */
	const draw = (paint) => {
		const next = paint.bar ? paint.bar.flow : '';
		if (next !== flow) seen.clear();
		flow = next;
		hasRows = Object.keys(paint.rows ?? {}).length > 0;
		marks = new Map(Object.entries(/** @type {Record<string, Mark>} */ (flow ? paint.marks : {})).filter(([, mark]) => STYLES.has(mark.style)));
		set(root, ON.highlight, flow && paint.highlight ? '' : undefined);
		set(root, ON.owners, flow && paint.owners ? '' : undefined);
		set(root, SAFE, paint.look?.colours === 'safe' ? '' : undefined);
		markAll();
		readGround();
		changed({ found: true });
	};

	/** The card of an operation, if it is in the document. @param {string} id */
	const card = (id) => {
		if (isClassic()) {
			const key = classic.keyOf(id);
			const cards = classic.cards().get(key) ?? [];
			return cards.length === 1 && (titled().get(key)?.length ?? 0) <= 1 ? cards[0] : null;
		}
		for (const node of canvas?.querySelectorAll('.react-flow__node[data-id]') ?? []) {
			const own = node.getAttribute('data-id');
			const found = own === id || own === id + HEADER ? cardOf(node, id) : null;
			if (found) return found;
		}
		return null;
	};

	/** Two pulses around the operation that was asked for, then a quiet ring until the next. @param {Element} card */
	const pointAt = (card) => {
		for (const old of root.querySelectorAll(`[${HERE}]`)) old.removeAttribute(HERE);
		card.setAttribute(HERE, '');
	};

	/** Leaves no trace. */
	const stop = () => {
		for (const observer of [mounting, zooming, theming, coming]) observer.disconnect();
		prefersDark.removeEventListener('change', readGround);
		flow = '';
		hasRows = false;
		marks.clear();
		for (const card of root.querySelectorAll(`[${MARK}], [${HERE}]`)) unmark(card);
		for (const name of [ON.highlight, ON.owners, DARK, SAFE]) root.removeAttribute(name);
		viewport?.removeAttribute(FAR);
		viewport?.style.removeProperty(ZOOM);
	};

	return { start, draw, found, card, pointAt, stop, canvas: () => canvas, isClassic, isDark: () => isDark };
})();
