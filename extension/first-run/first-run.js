/** The page that opens once, after installing: what the extension does, reads and never does; and the first intended account. */
import { icon, logo } from '../options/icon.js';
import { changeSettings, kept, settingsOf } from '../options/kept.js';
import { make, say, strong } from '../options/make.js';
import { dress } from '../panel/appearance.js';
import start, { account, policy } from '../wasm/connection_lens.js';

/** @typedef {import('../options/icon.js').Name} Name */

document.title = say('ext_name');
const root = /** @type {HTMLElement} */ (document.getElementById('first-run'));

/** Three of the designer's cards, as the extension marks them. */
const picture = () => {
	const card = (/** @type {string} */ style, /** @type {'table' | 'people' | 'mail'} */ sign, /** @type {string} */ name, /** @type {'change' | 'check'} */ mark, /** @type {string} */ who) =>
		make('div', { class: `node ${style}` }, make('span', { class: 'label' }, icon(mark), who), make('span', { class: `glyph ${sign}` }, icon(sign)), make('span', {}, name));
	return make(
		'div',
		{ class: 'picture', role: 'img', 'aria-label': say('first_picture') },
		card('mismatch', 'table', say('appearance_sample_items'), 'change', 'Ben Ortiz'),
		card('intended', 'people', say('appearance_sample_rows'), 'check', 'Flow Service'),
		card('mismatch', 'mail', say('appearance_sample_mail'), 'change', 'Ana Kovač'),
	);
};

/** @param {Name} sign @param {string} title @param {Name} mark @param {string[]} keys */
const column = (sign, title, mark, keys) =>
	make('section', {}, make('span', { class: 'sign' }, icon(sign)), make('h2', {}, say(title)), make('ul', {}, ...keys.map((key) => make('li', {}, icon(mark), make('span', {}, say(key))))));

/** The accounts that hold already: the person came back to this page, or the organisation has said it. */
const known = async () => {
	const items = await kept();
	const told = JSON.parse(policy(JSON.stringify(items)));
	const managed = told.rules.filter((/** @type {any} */ { environment, connector }) => !environment && !connector).flatMap((/** @type {any} */ { accounts }) => accounts);
	return { managed: /** @type {string[]} */ (managed), own: settingsOf(items).accounts };
};

const chooser = async () => {
	const { managed, own } = await known();
	const field = make('input', { type: 'text', class: 'field', 'aria-label': say('first_account'), placeholder: 'svc-flows@contoso.com', spellcheck: 'false', autocomplete: 'email', 'aria-describedby': 'first-wrong' });
	const wrong = make('p', { class: 'wrong', id: 'first-wrong', role: 'alert' });
	const done = make('p', { class: 'done', role: 'status' });
	const buttons = make('div', { class: 'buttons' }, make('button', { class: 'button primary' }, icon('check'), say('first_use')), make('button', { class: 'button', type: 'button', onclick: () => putOff() }, say('first_later')));
	const form = make('form', { onsubmit: (event) => (event.preventDefault(), void use()) }, field, wrong, buttons);
	const told = (/** @type {(Node | string)[]} */ words) => {
		form.remove();
		const open = make('a', { class: 'button primary', href: 'https://make.powerautomate.com/' }, say('first_open'));
		done.replaceChildren(...words);
		done.after(make('div', { class: 'buttons' }, open));
		open.focus();
	};
	const use = async () => {
		const typed = account(field.value);
		wrong.textContent = typed === undefined ? say('rule_error_account', [field.value.trim()]) : '';
		if (typed === undefined) return field.focus();
		await changeSettings((settings) => ({ ...settings, accounts: [typed] }));
		return told(strong('first_used', [typed]));
	};
	const putOff = () => told([say('first_put_off')]);
	const what = managed.length > 0 ? say('first_who_managed', [managed.join(', ')]) : say('first_who_what');
	field.value = own[0] ?? '';
	const side = make('div', {}, form, done);
	if (managed.length > 0) told([]);
	return make('section', { class: 'pick' }, make('div', {}, make('h2', {}, say('first_who')), make('p', {}, what)), side);
};

try {
	await dress();
	await start({ module_or_path: chrome.runtime.getURL('wasm/connection_lens_bg.wasm') });
	root.append(
		make(
			'main',
			{},
			make('header', {}, logo(), make('b', {}, say('ext_name'))),
			make('div', { class: 'hero' }, make('div', {}, make('h1', {}, say('first_headline')), make('p', {}, say('first_lead'))), picture()),
			make(
				'div',
				{ class: 'three' },
				column('eye', 'first_does', 'check', ['first_does_marks', 'first_does_lists', 'first_does_ticks']),
				column('flow', 'first_reads', 'check', ['first_reads_flow', 'first_reads_connections', 'first_reads_page']),
				column('shield', 'first_never', 'cross', ['first_never_change', 'first_never_send', 'first_never_token']),
			),
			await chooser(),
			make('footer', {}, make('span', {}, say('first_pin')), make('a', { href: '../options/options.html' }, say('panel_options'))),
		),
	);
} catch (error) {
	console.error(error);
	root.replaceChildren(make('p', { class: 'wrong', role: 'alert' }, say('panel_failed')));
}
