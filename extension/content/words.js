/** What is said to people: the core sends a message's name and its parts, the browser has the sentence. */
const words = (() => {
	'use strict';
	/** @param {string} key @param {string[]} [parts] */
	const say = (key, parts) => chrome.i18n.getMessage(key, parts);

	/** The catalogue's language: the browser may speak another one, or the same in the way of another country. */
	const language = say('panel_language');
	const browser = chrome.i18n.getUILanguage();
	const locale = browser.split(/[-_]/)[0] === language.split('-')[0] ? browser.replace('_', '-') : language;
	const plural = new Intl.PluralRules(locale);

	/** Where one writes from right to left, names from the left are set apart: else they would turn the sentence round. */
	const isFromRight = say('panel_direction') === 'rtl';
	const apart = (/** @type {string} */ part) => (isFromRight && /\p{L}/u.test(part) ? `\u2068${part}\u2069` : part);
	const numbers = new Intl.NumberFormat(locale, { numberingSystem: 'latn' });

	/**
	 * A text of the core's. The catalogue may be in another language than the browser, so a plural form that it lacks becomes `_other`.
	 * @param {{ key: string, args?: string[], count?: number | null }} text
	 */
	const text = ({ key, args = [], count }) => {
		const parts = args.map(apart);
		if (typeof count !== 'number') return say(key, parts);
		parts[0] = numbers.format(count);
		return say(`${key}_${plural.select(count)}`, parts) || say(`${key}_other`, parts);
	};

	/** A sentence with a number, its `$1`. @param {string} key @param {number} count @param {string[]} [parts] */
	const counted = (key, count, parts = []) => text({ key, args: [String(count), ...parts], count });

	return { say, text, counted };
})();
