/** Elements and sentences for the extension's pages. Text nodes only: names come from strangers. */

/** @param {string} key @param {string[]} [parts] */
export const say = (key, parts) => chrome.i18n.getMessage(key, parts);

const language = say('panel_language');
const browser = chrome.i18n.getUILanguage();
/** The catalogue's language: the browser may speak another one, or the same in the way of another country. */
export const locale = browser.split(/[-_]/)[0] === language.split('-')[0] ? browser.replace('_', '-') : language;

const plural = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale, { numberingSystem: 'latn' });

/** A text of the core's. @param {{ key: string, args?: string[], count?: number | null }} text */
export const text = ({ key, args = [], count }) => {
	if (typeof count !== 'number') return say(key, args);
	const parts = [numbers.format(count), ...args.slice(1)];
	return say(`${key}_${plural.select(count)}`, parts) || say(`${key}_other`, parts);
};

/** @param {string} key @param {number} count @param {string[]} [parts] */
export const counted = (key, count, parts = []) => text({ key, args: [String(count), ...parts], count });

const dates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });

/** A day in the reader's way. @param {number} at milliseconds since 1970 */
export const day = (at) => dates.format(at);

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Record<string, string | boolean | ((event: Event) => void)>} [attributes] `on…`: a listener; `class`, `aria-…`: as in HTML
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export const make = (tag, attributes = {}, ...children) => {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (typeof value === 'function') element.addEventListener(name.slice(2), value);
		else if (typeof value === 'boolean') element.toggleAttribute(name, value);
		else element.setAttribute(name, value);
	}
	element.append(...children);
	return element;
};

/** A sentence in which `**…**` stands out; names in it can bring no marks. @param {string} key @param {string[]} [parts] @returns {(Node | string)[]} */
export const strong = (key, parts = []) => {
	const stands = parts.map((_, place) => String.fromCharCode(0xe000 + place));
	const filled = (/** @type {string} */ said) => said.replace(/[\ue000-\ue0ff]/g, (stand) => parts[stand.charCodeAt(0) - 0xe000] ?? '');
	return say(key, stands)
		.split('**')
		.map((said, place) => (place % 2 === 1 ? make('b', {}, filled(said)) : filled(said)));
};

/** A section of the page with its heading. @param {string} id @param {string} title @param {...(Node | string)} children */
export const section = (id, title, ...children) =>
	make('section', { id, 'aria-labelledby': `${id}-title` }, make('h2', { id: `${id}-title` }, title), ...children);

/** A switch with its words. @param {string} title @param {string} hint @param {(on: boolean) => void} turned */
export const toggle = (title, hint, turned) => {
	const input = make('input', { type: 'checkbox', role: 'switch', onchange: () => turned(input.checked) });
	const label = make('label', { class: 'switch' }, input, make('span', {}, title, make('small', {}, hint)));
	return { label, input };
};

/** Of several one: radio buttons side by side. @param {string} name @param {[string, string][]} choices value and words @param {(value: string) => void} chosen */
export const segments = (name, choices, chosen) => {
	const inputs = choices.map(([value, words]) => {
		const input = make('input', { type: 'radio', name, value, onchange: () => chosen(value) });
		return { input, label: make('label', { class: 'segment' }, input, make('span', {}, words)) };
	});
	const show = (/** @type {string} */ value) => {
		for (const { input } of inputs) input.checked = input.value === value;
	};
	return { group: make('div', { class: 'segments' }, ...inputs.map(({ label }) => label)), show };
};

/**
 * Something that happened, told to whoever looks and whoever listens. It stays until there is other news.
 * @param {string} said @param {boolean} [isBad] @param {{ words: string, deed: () => unknown }} [back] the way to take it back
 */
export const tell = (said, isBad = false, back) => {
	const news = document.getElementById('news');
	news?.classList.toggle('bad', isBad);
	const button = back && make('button', { class: 'button small', type: 'button', onclick: () => void back.deed() }, back.words);
	news?.replaceChildren(make('span', {}, said), ...(button ? [button] : []));
};
