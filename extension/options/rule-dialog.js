/** The dialog for one rule: where it holds, for which connector, and who is intended. */
import { account, connector_called, connectors } from '../wasm/connection_lens.js';
import { make, say } from './make.js';

/** @typedef {import('./kept.js').Rule} Rule */
/**
 * @typedef {object} Offers what there is to choose from
 * @property {[string, string][]} environments id and how it is told
 * @property {{ address: string, name: string }[]} accounts
 * @property {boolean} isOfFlow only the accounts can be changed
 */

const ANOTHER = '\n';

/** A list with one entry for what isn't in it, and a field that appears for that. @param {string} id @param {{ words: string, any: string, another: string, field: string, hint: string }} says @param {[string, string][]} entries */
const picker = (id, { words, any, another, field: named, hint }, entries) => {
	const field = make('input', { type: 'text', class: 'field', id: `${id}-id`, spellcheck: 'false', 'aria-label': named, 'aria-describedby': `${id}-hint` });
	const typed = make('div', { hidden: true }, field, make('p', { class: 'caption', id: `${id}-hint` }, hint));
	const select = make(
		'select',
		{ id, class: 'field', onchange: () => turn() },
		make('option', { value: '' }, any),
		...entries.map(([value, told]) => make('option', { value }, told)),
		make('option', { value: ANOTHER }, another),
	);
	const turn = () => {
		typed.hidden = select.value !== ANOTHER;
	};
	const show = (/** @type {string | undefined} */ value = '') => {
		const known = [...select.options].find((option) => option.value.toLowerCase() === value.toLowerCase());
		select.value = known ? known.value : ANOTHER;
		field.value = known ? '' : value;
		turn();
	};
	const value = () => (select.value === ANOTHER ? field.value.trim() : select.value);
	return { element: make('div', { class: 'line' }, make('label', { for: id }, words), select, typed), show, value, field, isMissing: () => select.value === ANOTHER && field.value.trim() === '' };
};

/**
 * Asks for a rule. @param {Rule | undefined} before the rule to change; none: a new one @param {Offers} offers
 * @returns {Promise<Rule | undefined>} nothing where the person changed nothing
 */
export const askForRule = (before, { environments, accounts, isOfFlow }) => {
	const environment = picker('rule_environment', { words: say('rule_environment'), any: say('rule_environment_any'), another: say('rule_environment_another'), field: say('rule_environment_id'), hint: say('rule_environment_hint') }, environments);
	/** @type {[string, string][]} */
	const known = JSON.parse(connectors());
	const connector = picker('rule_connector', { words: say('rule_connector'), any: say('rule_connector_any'), another: say('rule_connector_another'), field: say('rule_connector_id'), hint: say('rule_connector_hint') }, known);
	const decides = make(
		'select',
		{ id: 'rule_decides', class: 'field' },
		...[['', 'rule_decides_general'], ['alone', 'rule_decides_alone'], ['both', 'rule_decides_both']].map(([value, key]) => make('option', { value }, say(key))),
	);
	const list = make('textarea', { id: 'rule_accounts', class: 'field', rows: '3', spellcheck: 'false', 'aria-describedby': 'rule_accounts-hint rule-error' });
	const seen = accounts.map(({ address, name }) =>
		make('button', { class: 'button small', type: 'button', onclick: () => add(address) }, `${name}${name === address ? '' : ` · ${address}`}`));
	const error = make('p', { id: 'rule-error', class: 'wrong', role: 'alert' });

	const lines = () => list.value.split(/[\n,;]/).map((line) => line.trim()).filter((line) => line !== '');
	const add = (/** @type {string} */ address) => {
		if (!lines().some((line) => line.toLowerCase() === address.toLowerCase())) list.value = [...lines(), address].join('\n');
		list.focus();
	};
	const wrong = (/** @type {string} */ said, /** @type {HTMLElement} */ where) => {
		error.textContent = said;
		where.focus();
		return undefined;
	};
	/** @returns {Rule | undefined} */
	const made = () => {
		if (environment.isMissing()) return wrong(say('rule_error_environment'), environment.field);
		if (connector.isMissing()) return wrong(say('rule_error_connector'), connector.field);
		if (lines().length === 0) return wrong(say('rule_error_none'), list);
		const bad = lines().find((line) => account(line) === undefined);
		if (bad !== undefined) return wrong(say('rule_error_account', [bad]), list);
		return {
			accounts: lines(),
			...(environment.value() ? { environment: environment.value() } : {}),
			...(connector.value() ? { connector: connector.value() } : {}),
			...(decides.value ? { sign_in_alone: decides.value === 'alone' } : {}),
		};
	};

	return new Promise((resolve) => {
		/** @type {Rule | undefined} */
		let rule;
		const form = make(
			'form',
			{
				onsubmit: (event) => {
					event.preventDefault();
					rule = made();
					if (rule) dialog.close();
				},
			},
			make('h2', { id: 'rule-title' }, say(before ? 'rule_change' : 'rule_new')),
			...(isOfFlow ? [] : [environment.element, connector.element]),
			make('div', { class: 'line' }, make('label', { for: 'rule_accounts' }, say('rule_accounts')), list, make('p', { class: 'caption', id: 'rule_accounts-hint' }, say('rule_accounts_hint'))),
			...(seen.length > 0 ? [make('div', { class: 'line', role: 'group', 'aria-label': say('rule_seen') }, make('span', { class: 'caption' }, say('rule_seen')), make('div', { class: 'buttons tight' }, ...seen))] : []),
			...(isOfFlow ? [] : [make('div', { class: 'line' }, make('label', { for: 'rule_decides' }, say('rule_decides')), decides)]),
			error,
			make('div', { class: 'buttons' }, make('button', { class: 'button primary' }, say('rule_save')), make('button', { class: 'button', type: 'button', onclick: () => dialog.close() }, say('rule_cancel'))),
		);
		const dialog = make('dialog', { 'aria-labelledby': 'rule-title', class: 'narrow' }, form);
		dialog.addEventListener('close', () => {
			dialog.remove();
			resolve(rule);
		});
		environment.show(before?.environment);
		connector.show(before?.connector);
		list.value = before?.accounts.join('\n') ?? '';
		decides.value = before?.sign_in_alone === undefined ? '' : before.sign_in_alone ? 'alone' : 'both';
		document.body.append(dialog);
		dialog.showModal();
		list.focus();
	});
};

/** How a connector is told. @param {string} id */
export const connectorName = (id) => connector_called(id);
