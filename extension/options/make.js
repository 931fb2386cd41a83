/** Elements and sentences for the options page. Text nodes only: names come from strangers. */

const plural = new Intl.PluralRules(chrome.i18n.getUILanguage());

/** @param {string} key @param {string[]} [parts] */
export const say = (key, parts) => chrome.i18n.getMessage(key, parts);

/** A text of the core's. @param {{ key: string, args?: string[], count?: number | null }} text */
export const text = ({ key, args = [], count }) =>
	typeof count === 'number' ? say(`${key}_${plural.select(count)}`, args) || say(`${key}_other`, args) : say(key, args);

/** @param {string} key @param {number} count @param {string[]} [parts] */
export const counted = (key, count, parts = []) => text({ key, args: [String(count), ...parts], count });

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Record<string, string | boolean | (() => void)>} [attributes] `on…`: a listener; `class`, `aria-…`: as in HTML
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

/** A section of the page with its heading. @param {string} id @param {string} title @param {...(Node | string)} children */
export const section = (id, title, ...children) =>
	make('section', { id, 'aria-labelledby': `${id}-title` }, make('h2', { id: `${id}-title` }, title), ...children);

/** Something that happened, told to whoever looks and whoever listens. @param {string} said @param {boolean} [isBad] */
export const tell = (said, isBad = false) => {
	const news = document.getElementById('news');
	news?.classList.toggle('bad', isBad);
	news?.replaceChildren(said);
};
