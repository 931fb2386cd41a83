/** What is kept in the browser: settings, and what was decided about each flow. All of it can be looked at and deleted; nothing of it is ever sent. */
import { counted, day, locale, make, say, section, tell } from './make.js';

const FLOW = 'flow:';

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
	let isSure = false;
	button.addEventListener('click', () => {
		if (isSure) return void deed();
		isSure = true;
		button.textContent = say('data_sure');
	});
	button.addEventListener('blur', () => {
		isSure = false;
		button.textContent = label;
	});
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
					await chrome.storage.local.remove(keys);
					tell(say('data_deleted', [title]));
					await draw();
				}),
			);
		const rows = flows.map(([key, record]) => {
			const [environment, flow] = key.slice(FLOW.length).split('/');
			const { name } = /** @type {any} */ (record);
			return row(name ?? say('data_flow', [flow ?? '']), [say('data_environment', [environment ?? '']), held(/** @type {any} */ (record))].filter(Boolean).join(' · '), record, [key]);
		});
		if (items.settings) rows.unshift(row(say('data_settings'), say('data_settings_what'), items.settings, ['settings']));
		if (items.appearance) rows.push(row(say('data_appearance'), say('data_appearance_what'), items.appearance, ['appearance']));
		if (items.bar) rows.push(row(say('data_bar'), say('data_bar_what'), items.bar, ['bar']));
		list.replaceChildren(...(rows.length > 0 ? rows : [make('li', { class: 'row' }, say('data_none'))]));
		total.textContent = counted('data_total', flows.length, [readable(size(items))]);
		all.hidden = rows.length === 0;
	};
	const all = careful(say('data_delete_all'), async () => {
		await chrome.storage.local.clear();
		tell(say('data_deleted_all'));
		await draw();
	});
	await draw();
	chrome.storage.onChanged.addListener((_, area) => {
		if (area === 'local') void draw();
	});
	return section('data', say('data_title'), make('p', {}, say('data_what')), list, total, make('div', { class: 'buttons' }, all));
};
