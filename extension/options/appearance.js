/** How panel, pages and labels look. What is chosen is kept under `appearance`; src/session/settings_file.rs lists the choices. */
import { icon } from './icon.js';
import { whenChanged } from './kept.js';
import { make, say, section, segments, toggle } from './make.js';

/** @typedef {{ theme?: string, labels?: string, colours?: string, bar?: string }} Appearance */

/** @returns {Promise<{ appearance: Appearance, isMoved: boolean }>} */
const read = async () => {
	const { appearance, bar } = /** @type {any} */ (await chrome.storage.local.get(['appearance', 'bar']));
	return { appearance: { theme: 'system', labels: 'name', colours: 'standard', bar: 'bottom', ...appearance }, isMoved: Boolean(bar && (bar.x || bar.y)) };
};

/** @param {Appearance} change */
const choose = async (change) => {
	const { appearance } = await read();
	await chrome.storage.local.set({ appearance: { ...appearance, ...change } });
};

/** Who stands on the sample's cards; made up. @type {Record<string, [string, string]>} */
const SAYS = { name: ['Ana Kovač', 'Flow Service'], initials: ['AK', 'FS'], address: ['ana.kovac@contoso.com', 'svc-flows@contoso.com'] };

/** Three cards as on the designer. @param {string} labels */
const sample = (labels) => {
	const [wrong, right] = SAYS[labels] ?? SAYS.name;
	const card = (/** @type {string} */ style, /** @type {'mail' | 'table' | 'store'} */ sign, /** @type {string} */ name, /** @type {'change' | 'check' | 'unknown'} */ mark, /** @type {string} */ label) =>
		make('div', { class: `node ${style}` }, make('span', { class: 'label' }, icon(mark), make('span', {}, label)), make('span', { class: `glyph ${sign}` }, icon(sign)), make('span', {}, say(name)));
	return [
		card('mismatch', 'mail', 'appearance_sample_mail', 'change', wrong),
		card('intended', 'table', 'appearance_sample_items', 'check', right),
		card('unknown', 'store', 'appearance_sample_rows', 'unknown', say('mark_unknown')),
	];
};

/** @param {string} title @param {string} hint @param {...Node} children */
const setting = (title, hint, ...children) => make('div', { class: 'setting' }, make('div', {}, make('b', {}, title), ...(hint ? [make('div', { class: 'caption' }, hint)] : [])), make('div', {}, ...children));

export const appearanceSection = async () => {
	const themes = segments('theme', [['system', say('appearance_system')], ['light', say('appearance_light')], ['dark', say('appearance_dark')]], (theme) => void choose({ theme }));
	const labels = segments('labels', [['name', say('appearance_name')], ['initials', say('appearance_initials')], ['address', say('appearance_address')]], (chosen) => void choose({ labels: chosen }));
	const edges = segments('edge', [['bottom', say('appearance_bottom')], ['top', say('appearance_top')]], (bar) => void toEdge(bar));
	const safe = toggle(say('appearance_safe'), say('appearance_safe_hint'), (on) => void choose({ colours: on ? 'safe' : 'standard' }));
	const cards = make('div', { class: 'sample', role: 'img', 'aria-label': say('appearance_sample') });
	const moved = make('p', { class: 'caption' }, say('appearance_moved'));
	/** Where somebody has moved it holds no longer. @param {string} bar */
	const toEdge = async (bar) => {
		await chrome.storage.local.remove('bar');
		await choose({ bar });
	};
	edges.group.addEventListener('click', ({ target }) => {
		// The edge that is chosen already: pressed again, it puts the bar back.
		if (target instanceof HTMLInputElement && !moved.hidden) void toEdge(target.value);
	});
	const draw = async () => {
		const { appearance, isMoved } = await read();
		themes.show(appearance.theme ?? '');
		labels.show(appearance.labels ?? '');
		edges.show(appearance.bar ?? '');
		safe.input.checked = appearance.colours === 'safe';
		moved.hidden = !isMoved;
		cards.replaceChildren(...sample(appearance.labels ?? ''));
	};
	await draw();
	whenChanged(['local'], draw);
	for (const [{ group }, key] of /** @type {[{ group: HTMLElement }, string][]} */ ([[themes, 'appearance_theme'], [labels, 'appearance_labels'], [edges, 'appearance_bar']])) {
		group.setAttribute('role', 'radiogroup');
		group.setAttribute('aria-label', say(key));
	}
	return section(
		'appearance',
		say('appearance_title'),
		make('p', {}, say('appearance_what')),
		setting(say('appearance_theme'), say('appearance_theme_hint'), themes.group),
		setting(say('appearance_labels'), '', labels.group, cards),
		setting(say('appearance_bar'), '', edges.group, moved),
		safe.label,
	);
};
