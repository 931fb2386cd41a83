/** What the product relies on in Power Automate's pages, tab by tab; and the document of shapes for a bug report, shown in full before it can be copied. */
import { contracts, shapes } from '../wasm/connection_lens.js';
import { make, say, section, tell, text } from './make.js';

/** @typedef {{ key: string, tab: number, frame: number, doc: string, isPrivate: boolean, hasFlow: boolean }} Entry as background/storage.js writes it */
/** @typedef {{ title: { key: string }, holds: 'ok' | 'degraded' | 'missing' | 'idle', says: { key: string, args?: string[], count?: number } }} Contract */

/** @param {Entry} entry @returns {Promise<{ state: string, local: string } | undefined>} */
const stored = async ({ key }) => {
	const state = (await chrome.storage.session.get(key))[key];
	if (typeof state !== 'string') return undefined;
	return { state, local: JSON.stringify(await chrome.storage.local.get(null)) };
};

/** What the page's side counts, if the tab is still there. @param {Entry} entry @returns {Promise<Record<string, number>>} */
const countsOf = async ({ tab, frame, doc }) => {
	try {
		return (await chrome.tabs.sendMessage(tab, { doc, count: true }, { frameId: frame })) ?? {};
	} catch {
		return {};
	}
};

const versions = () => ({
	extension: chrome.runtime.getManifest().version,
	// The browser's name and main version only.
	browser: (/(?:Firefox|Edg|Chrome)\/\d+/.exec(navigator.userAgent) ?? [''])[0],
	language: chrome.i18n.getUILanguage().slice(0, 2),
});

/** @param {Entry} entry */
const report = async (entry) => {
	const known = await stored(entry);
	if (!known) return tell(say('compatibility_gone'), true);
	const told = shapes(known.state, known.local, JSON.stringify(versions()), JSON.stringify(await countsOf(entry)));
	const shown = make('pre', { class: 'document', tabindex: '0', 'aria-label': say('compatibility_document') }, told);
	const copy = async () => {
		await navigator.clipboard.writeText(told);
		tell(say('panel_copied'));
	};
	const dialog = make('dialog', { 'aria-labelledby': 'report-title' });
	dialog.append(
		make('h2', { id: 'report-title' }, say('compatibility_report')),
		make('p', {}, say('compatibility_report_what')),
		shown,
		make(
			'div',
			{ class: 'buttons' },
			make('button', { class: 'button primary', type: 'button', onclick: () => void copy() }, say('compatibility_copy')),
			make('button', { class: 'button', type: 'button', onclick: () => dialog.close() }, say('bar_close')),
		),
	);
	dialog.addEventListener('close', () => dialog.remove());
	document.body.append(dialog);
	dialog.showModal();
};

const HOLDS = { ok: 'compatibility_ok', degraded: 'compatibility_degraded', missing: 'compatibility_missing', idle: 'compatibility_idle' };

/** @param {Entry} entry */
const card = async (entry) => {
	const known = await stored(entry);
	if (!known) return undefined;
	/** @type {Contract[]} */
	const found = JSON.parse(contracts(known.state, known.local));
	// Of a page without a flow, what was said is stored as it was said: a list.
	const { place, flows = [] } = JSON.parse(known.state);
	const name = flows.find((/** @type {{ id: string }} */ { id }) => id === place?.flow)?.saved?.flow.display_name;
	const rows = found.map(({ title, holds, says }) =>
		make('li', { class: 'row' }, make('span', { class: `chip ${holds}` }, say(HOLDS[holds])), make('div', { class: 'grow' }, make('b', {}, text(title)), make('div', { class: 'caption' }, text(says)))));
	const head = make(
		'div',
		{ class: 'row head' },
		make('b', { class: 'grow' }, say('compatibility_tab', [name ?? say('compatibility_no_flow'), place?.host ?? ''])),
		make('button', { class: 'button', type: 'button', onclick: () => void report(entry) }, say('compatibility_describe')),
	);
	return make('div', { class: 'card' }, head, make('ul', {}, ...rows));
};

export const compatibilitySection = async () => {
	const list = make('div', { class: 'cards' });
	const draw = async () => {
		const entries = /** @type {Entry[]} */ ((await chrome.storage.session.get('index')).index ?? []);
		const cards = [];
		for (const entry of entries.toReversed()) {
			if (entry.isPrivate) continue;
			try {
				cards.push(await card(entry));
			} catch {
				// Stored by another version: the tab is read anew when it is looked at.
			}
		}
		const shown = cards.filter((card) => card !== undefined);
		list.replaceChildren(...(shown.length > 0 ? shown : [make('p', { class: 'empty' }, say('compatibility_none'))]));
	};
	await draw();
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let soon;
	chrome.storage.onChanged.addListener((_, area) => {
		if (area === 'session') soon ??= setTimeout(() => ((soon = undefined), void draw()), 500);
	});
	return section('compatibility', say('compatibility_title'), make('p', {}, say('compatibility_what')), list);
};
