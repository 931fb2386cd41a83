/** What is said to people: the core sends a message's name and its parts, the browser has the sentence. */
const words = (() => {
	'use strict';
	const plural = new Intl.PluralRules(chrome.i18n.getUILanguage());

	/** @param {string} key @param {string[]} [parts] */
	const say = (key, parts) => chrome.i18n.getMessage(key, parts);

	/**
	 * A text of the core's. The catalogue may be in another language than the browser, so a plural form that it lacks becomes `_other`.
	 * @param {{ key: string, args?: string[], count?: number | null }} text
	 */
	const text = ({ key, args = [], count }) =>
		typeof count === 'number' ? say(`${key}_${plural.select(count)}`, args) || say(`${key}_other`, args) : say(key, args);

	/** A sentence with a number, its `$1`. @param {string} key @param {number} count @param {string[]} [parts] */
	const counted = (key, count, parts = []) => text({ key, args: [String(count), ...parts], count });

	return { say, text, counted };
})();
