/**
 * Brings an operation into view. The designer's own store does it best, also inside a closed scope (designer.js dispatches it); without the store
 * a card in sight is clicked, as a person would, and else the designer's own search is used. Where none goes, the person is told.
 */
const reveal = (() => {
	'use strict';
	/** In milliseconds: the designer pans for about half a second, and a large flow lays an opened scope out for longer. */
	const PATIENCE = 4_000;
	const STEP = 100;
	const RESULT = 'msla-op-search-result-';

	/** Only the newest wish counts. */
	let turn = 0;
	/** @type {MessagePort | undefined} */
	let port;
	/** @type {((done: boolean) => void) | undefined} */
	let answered;

	/** @template T @param {() => T | null | undefined | false} look @param {number} [patience] @returns {Promise<T | undefined>} */
	const until = async (look, patience = PATIENCE) => {
		const own = turn;
		for (const end = Date.now() + patience; own === turn && Date.now() < end; ) {
			const found = look();
			if (found) return found;
			await new Promise((resolve) => setTimeout(resolve, STEP));
		}
		return undefined;
	};

	/** The card, once it stands still inside the canvas. @param {string} node */
	const settled = (node) => {
		let last = '';
		return until(() => {
			const card = painter.card(node);
			const canvas = painter.canvas()?.getBoundingClientRect();
			if (!card || !canvas) return undefined;
			const { left, top, right, bottom } = card.getBoundingClientRect();
			const isInside = right > canvas.left && left < canvas.right && bottom > canvas.top && top < canvas.bottom;
			const now = `${left} ${top}`;
			const isStill = now === last;
			last = now;
			return isInside && isStill && card;
		});
	};

	/** @param {string} node @returns {Promise<boolean>} */
	const byStore = (node) =>
		new Promise((resolve) => {
			answered = resolve;
			port?.postMessage({ kind: 'reveal', node });
			setTimeout(() => resolve(false), PATIENCE / 2);
		});

	/** The designer's own name for a search result. @param {string} key */
	const slug = (key) => key.replace(/\W/g, '_').toLowerCase();

	/** @param {string} node @param {string} title */
	const bySearch = async (node, title) => {
		document.getElementById('control-search-button')?.click();
		const results = () => [...document.querySelectorAll(`[data-automation-id^="${RESULT}"]`)];
		const input = /** @type {HTMLInputElement | undefined} */ (
			await until(() => document.querySelector('[class*="search" i] input, input[type="search"], input[role="searchbox"]'), PATIENCE / 4)
		);
		if (input) {
			input.value = title;
			input.dispatchEvent(new InputEvent('input', { bubbles: true }));
		}
		const wanted = `${RESULT}${slug(node)}`;
		// Names that differ in signs only have one slug: then which is meant isn't known.
		const found = await until(() => {
			const same = results().filter((result) => result.getAttribute('data-automation-id') === wanted);
			return same.length === 1 && same[0];
		}, PATIENCE / 2);
		const button = found?.closest('button, [role="button"]') ?? found?.querySelector('button') ?? found;
		if (button instanceof HTMLElement) button.click();
	};

	/** On the classic designer: what holds the operation is opened from outside to inside, and the page scrolls. @param {string} node @param {string[]} path */
	const byTitle = async (node, path) => {
		for (const outer of path) {
			if (painter.card(node)) break;
			const card = await until(() => painter.card(outer), PATIENCE / 8);
			if (!card) continue;
			classic.open(card);
			// Its children take a moment; a branch is no card, so whatever comes next may be the operation itself.
			await until(() => painter.card(node) ?? path.slice(path.indexOf(outer) + 1).find((inner) => painter.card(inner)), PATIENCE / 8);
		}
		painter.card(node)?.scrollIntoView({ block: 'center', inline: 'center' });
	};

	/** @param {{ node: string, path?: string[], title: string }} wanted @returns {Promise<'shown' | 'not shown' | 'overtaken'>} */
	const show = async ({ node, path = [], title }) => {
		turn += 1;
		const own = turn;
		if (painter.isClassic()) await byTitle(node, path);
		else if (!(await byStore(node)) && own === turn) {
			const card = painter.card(node);
			if (card instanceof HTMLElement) card.click();
			else if (painter.canvas()) await bySearch(node, title);
		}
		const card = own === turn && painter.canvas() ? await settled(node) : undefined;
		if (own !== turn) return 'overtaken';
		if (!card) return 'not shown';
		painter.pointAt(card);
		return 'shown';
	};

	/** @param {MessagePort} designer */
	const start = (designer) => {
		port = designer;
	};

	return { start, show, heard: (/** @type {boolean} */ done) => answered?.(done) };
})();
