/** What is kept in the browser: settings, and what was decided about each flow. All of it can be looked at and deleted; nothing of it is ever sent. */
import { counted, day, locale, make, say, section, tell } from './make.js';
import { isSweep, SWEEPS } from '../background/storage.js';

const FLOW = 'flow:';
const SWEEP = 'sweep:';

/** @param {unknown} value */
const size = (value) => new TextEncoder().encode(JSON.stringify(value)).length;

/** @param {number} bytes */
const readable = (bytes) => say('data_size', [new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(bytes / 1024)]);

/** What a record holds, in words. @param {any} record */
const held = ({ ticks = {}, items = {}, dismissals = {}, notes = {}, accounts, first_look: firstLook, finished }) => {
	const ticked = Object.keys(ticks).length + Object.keys(items).length;
	return [
		...(accounts ? [counted('data_accounts', accounts.length)] : []),
		...(ticked > 0 ? [counted('data_ticks', ticked)] : []),
		...(Object.keys(dismissals).length > 0 ? [counted('data_dismissals', Object.keys(dismissals).length)] : []),
		...(Object.keys(notes).length > 0 ? [counted('data_notes', Object.keys(notes).length)] : []),
		...(firstLook ? [say('data_since', [day(firstLook.at)])] : []),
		...(finished ? [say('data_finished', [day(finished.at)])] : []),
	].join(' · ');
};

/** A press that can't be taken back asks once more. @param {string} label @param {() => Promise<void>} deed */
const careful = (label, deed) => {
	const button = make('button', { class: 'button danger', type: 'button' }, label);
	const ask = (/** @type {boolean} */ isAsking) => {
		button.toggleAttribute('data-asking', isAsking);
		button.textContent = isAsking ? say('data_sure') : label;
	};
	button.addEventListener('click', () => {
		if (button.hasAttribute('data-asking')) {
			// The list is drawn anew by what follows.
			ask(false);
			return void deed();
		}
		ask(true);
	});
	button.addEventListener('blur', () => ask(false));
	return button;
};

export const dataSection = async () => {
	const list = make('ul', { class: 'card' });
	const total = make('p', { class: 'caption' });
	const draw = async () => {
		const items = await chrome.storage.local.get(null);
		const flows = Object.entries(items).filter(([key]) => key.startsWith(FLOW));
		const row = (/** @type {string} */ title, /** @type {string} */ caption, /** @type {unknown} */ value, /** @type {string[]} */ keys) =>
			make(
				'li',
				{ class: 'row' },
				make('div', { class: 'grow' }, make('b', {}, title), make('div', { class: 'caption' }, caption)),
				make('span', { class: 'caption' }, readable(size(value))),
				careful(say('data_delete'), async () => {
					// A sweep that runs may have been stored under more of them by now.
					const now = Object.keys(await chrome.storage.local.get(null));
					await chrome.storage.local.remove(now.filter((known) => keys.some((key) => known === key || (isSweep(key) && known.startsWith(`${key}:`)))));
					tell(say('data_deleted', [title]));
					await draw();
				}),
			);
		const rows = flows.map(([key, record]) => {
			const [environment, flow] = key.slice(FLOW.length).split('/');
			const { name } = /** @type {any} */ (record);
			return row(name ?? say('data_flow', [flow ?? '']), [say('data_environment', [environment ?? '']), held(/** @type {any} */ (record))].filter(Boolean).join(' · '), record, [key]);
		});
		// Each sweep lies under several keys, which its own is the beginning of.
		for (const key of Object.keys(items.sweeps ?? {})) {
			const keys = Object.keys(items).filter((known) => known === key || known.startsWith(`${key}:`));
			const { environment } = /** @type {any} */ (items[key]) ?? {};
			rows.push(row(say('data_sweep', [environment ?? key.slice(SWEEP.length)]), say('data_sweep_what'), keys.map((known) => items[known]), keys));
		}
		if (items.settings) rows.unshift(row(say('data_settings'), say('data_settings_what'), items.settings, ['settings']));
		if (items.appearance) rows.push(row(say('data_appearance'), say('data_appearance_what'), items.appearance, ['appearance']));
		if (items.bar) rows.push(row(say('data_bar'), say('data_bar_what'), items.bar, ['bar']));
		list.replaceChildren(...(rows.length > 0 ? rows : [make('li', { class: 'row' }, say('data_none'))]));
		total.textContent = counted('data_total', flows.length, [readable(size(items))]);
		// Whatever isn't listed goes with the rest; an index of no sweeps is nothing.
		all.hidden = !Object.keys(items).some((key) => key !== SWEEPS) && rows.length === 0;
	};
	const all = careful(say('data_delete_all'), async () => {
		await chrome.storage.local.clear();
		tell(say('data_deleted_all'));
		await draw();
	});
	await draw();
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let soon;
	const isAsking = () => list.querySelector('[data-asking]') !== null;
	const drawLater = () => {
		soon ??= setTimeout(() => {
			soon = undefined;
			if (isAsking()) drawLater();
			else void draw();
		}, 2_000);
	};
	chrome.storage.onChanged.addListener((changes, area) => {
		if (area !== 'local') return;
		// A sweep that runs changes its parts several times a second; and a question isn't taken away from under somebody's hand.
		if (isAsking() || Object.keys(changes).every((key) => isSweep(key) && key !== SWEEPS)) drawLater();
		else void draw();
	});
	return section('data', say('data_title'), make('p', {}, say('data_what')), list, total, make('div', { class: 'buttons' }, all));
};
