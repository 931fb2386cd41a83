/**
 * The classic designer: its cards bear no ids, only titles. An operation's key is its title with `_` for spaces, so a title that stands there once is that
 * operation's; one that stands there twice could be either's, and is left alone.
 */
const classic = (() => {
	'use strict';
	const CARD = 'msla-card';
	const TITLE = '.msla-card-title-group';

	const all = document.getElementsByClassName(CARD);

	/** The key that a title stands for. @param {string} title */
	const keyOf = (title) => title.trim().replace(/\s/g, '_');

	/** A card's own title, not that of a card inside it. @param {Element} card */
	const group = (card) => {
		for (const found of card.querySelectorAll(TITLE)) if (found.closest(`.${CARD}`) === card) return found;
		return null;
	};

	/** @param {Element} card */
	const titleOf = (card) => {
		const found = group(card);
		return (found?.getAttribute('aria-label') ?? found?.querySelector('.msla-card-title')?.textContent ?? '').trim();
	};

	/** Every card by its key; several under one key can't be told apart. @returns {Map<string, Element[]>} */
	const cards = () => {
		/** @type {Map<string, Element[]>} */
		const found = new Map();
		for (const card of all) {
			const title = titleOf(card);
			if (title === '') continue;
			const key = keyOf(title);
			found.set(key, [...(found.get(key) ?? []), card]);
		}
		return found;
	};

	/** What the cards scroll in. @param {HTMLElement | null} last what it was before @returns {HTMLElement | null} */
	const canvas = (last) => {
		/** @type {Element | null} */
		let element = all[0] ?? null;
		if (!element) return null;
		if (last?.isConnected && last.contains(element) && !last.classList.contains('react-flow')) return last;
		for (; element; element = element.parentElement) {
			if (!(element instanceof HTMLElement) || element === document.body) break;
			if (/auto|scroll/.test(getComputedStyle(element).overflowY)) return element;
		}
		return document.documentElement;
	};

	/** Opens a card whose children aren't in the document, as a person would: with a press on its title. @param {Element} card */
	const open = (card) => {
		const head = group(card);
		const isClosed = head?.getAttribute('aria-expanded') !== 'true';
		if (head instanceof HTMLElement && isClosed) head.click();
	};

	return { canvas, cards, keyOf, open };
})();
