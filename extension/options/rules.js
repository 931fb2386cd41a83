/** Who should stand behind what: the rules in a table, what decides in general, and which rule decides for the flows that are open. */
import { accounts_seen, policy } from '../wasm/connection_lens.js';
import { decidesCard } from './decides.js';
import { icon } from './icon.js';
import { changeRecord, changeSettings, kept, openFlows, settingsOf, whenChanged } from './kept.js';
import { make, say, section, tell, toggle } from './make.js';
import { askForRule, connectorName } from './rule-dialog.js';
import { rowsOf, without, withRule } from './rule-rows.js';

/** @typedef {import('./rule-rows.js').Row} Row */
/** @typedef {import('./rule-rows.js').Policy} Policy */

/** What there is to choose from in the dialog. @param {Record<string, any>} items @param {Row[]} rows @param {boolean} isOfFlow */
const offers = async (items, rows, isOfFlow) => {
	const flows = await openFlows();
	const environments = new Set([...flows.map(({ environment }) => environment), ...rows.flatMap(({ rule }) => rule.environment ?? [])]);
	/** @type {Map<string, { address: string, name: string }>} */
	const accounts = new Map();
	for (const { state } of flows) for (const seen of JSON.parse(accounts_seen(state, JSON.stringify(items)))) accounts.set(seen.address.toLowerCase(), seen);
	return { environments: [...environments].map((id) => /** @type {[string, string]} */ ([id, id])), accounts: [...accounts.values()].slice(0, 12), isOfFlow };
};

/** @param {Row} row @param {import('./kept.js').Rule} rule @returns {Promise<() => unknown>} how to take it back */
const replace = async ({ from, ...row }, rule) => {
	if (from.startsWith('flow:')) return changeRecord(from, rule.accounts);
	return changeSettings((settings) => withRule(without(settings, { from, ...row }), rule));
};

/** @param {Row} row @returns {Promise<() => unknown>} how to take it back */
const remove = async (row) => (row.from.startsWith('flow:') ? changeRecord(row.from, null) : changeSettings((settings) => without(settings, row)));

/** @param {Row} row @returns {[string, string]} where it holds, in two lines */
const where = ({ level, rule, name }) => {
	if (level === 'flow') return [name ?? '', say('rules_flow_what')];
	return rule.environment ? [rule.environment, say('rules_environment_what')] : [say('rules_everywhere'), say('rules_everywhere_what')];
};

/** @param {Row} row @param {number} number @param {Policy} told @param {() => Promise<unknown>} change @param {() => Promise<unknown>} drop */
const line = (row, number, told, change, drop) => {
	const [title, below] = where(row);
	const decides = row.rule.sign_in_alone === undefined ? [] : [make('div', { class: 'caption' }, say(row.rule.sign_in_alone ? 'rule_decides_alone' : 'rule_decides_both'))];
	const lock = say(told.locked === 'open' ? 'rules_proposed' : 'rules_managed');
	const press = (/** @type {'pencil' | 'bin'} */ sign, /** @type {string} */ key, /** @type {() => Promise<unknown>} */ deed) => {
		const label = say(key, [String(number)]);
		return make('button', { class: 'icon-button', type: 'button', 'aria-label': label, title: label, onclick: () => void deed() }, icon(sign));
	};
	const end = row.isManaged ? [make('span', { class: 'chip neutral' }, ...(told.locked === 'open' ? [] : [icon('lock')]), lock)] : [press('pencil', 'rules_edit', change), press('bin', 'rules_delete', drop)];
	return make(
		'tr',
		{ 'data-rule': String(number) },
		make('td', { class: 'number' }, String(number)),
		make('td', {}, make('b', {}, title), make('div', { class: 'caption' }, below)),
		make('td', {}, row.rule.connector ? connectorName(row.rule.connector) : say('rules_any')),
		make('td', {}, ...row.rule.accounts.map((address) => make('div', { class: 'account' }, icon(address.includes('*') ? 'people' : 'person'), make('code', {}, address))), ...decides),
		make('td', { class: 'end' }, ...end),
	);
};

/** What the organisation says of itself. @param {Policy} told */
const banner = ({ set, locked, faults }) => {
	if (faults.length > 0) {
		const places = faults.map((place) => make('li', {}, make('code', {}, place)));
		return make('div', { class: 'message bad', role: 'alert' }, icon('about'), make('div', {}, make('b', {}, say('policy_faults')), make('p', {}, say('policy_faults_what')), make('ul', { class: 'places' }, ...places)));
	}
	return set ? make('div', { class: 'message' }, icon('lock'), make('p', {}, say(locked === 'open' ? 'policy_set_open' : 'policy_set_locked'))) : '';
};

export const rulesSection = async () => {
	const above = make('div', {});
	const table = make('div', { class: 'table' });
	const decides = make('div', {});
	const alone = toggle(say('intended_alone'), say('intended_alone_hint'), (on) => void changeSettings((settings) => ({ ...settings, sign_in_alone: on })));
	const extra = toggle(say('extra_title'), say('extra_hint'), (on) => void changeSettings((settings) => ({ ...settings, extra_requests: on })));
	const back = (/** @type {() => unknown} */ deed) => ({ words: say('rules_put_back'), deed: () => void Promise.resolve(deed()).then(() => tell('')) });
	const add = async () => {
		const items = await kept();
		const rule = await askForRule(undefined, await offers(items, [], false));
		if (!rule) return;
		tell(say('rules_saved'), false, back(await changeSettings((settings) => withRule(settings, rule))));
	};
	const draw = async () => {
		const items = await kept();
		/** @type {Policy} */
		const told = JSON.parse(policy(JSON.stringify(items)));
		const settings = settingsOf(items);
		const rows = rowsOf(settings, items, told);
		const change = async (/** @type {Row} */ row) => {
			const rule = await askForRule(row.rule, await offers(items, rows, row.level === 'flow'));
			if (rule) tell(say('rules_saved'), false, back(await replace(row, rule)));
		};
		const drop = async (/** @type {Row} */ row, /** @type {number} */ number) => tell(say('rules_deleted', [String(number)]), false, back(await remove(row)));
		const heads = [make('td', {}), ...['rules_where', 'rules_connector', 'rules_accounts'].map((key) => make('th', { scope: 'col' }, say(key))), make('td', {})];
		const body = make('tbody', {}, ...rows.map((row, index) => line(row, index + 1, told, () => change(row), () => drop(row, index + 1))));
		above.replaceChildren(banner(told));
		table.replaceChildren(rows.length > 0 ? make('table', {}, make('thead', {}, make('tr', {}, ...heads)), body) : make('p', { class: 'empty' }, say('rules_none')));
		alone.input.checked = told.sign_in_alone ?? settings.sign_in_alone;
		alone.input.disabled = told.sign_in_alone !== null;
		extra.input.checked = told.extra_requests ?? settings.extra_requests;
		extra.input.disabled = told.extra_requests !== null;
		for (const { label, input } of [alone, extra]) label.dataset.managed = input.disabled ? say('rules_managed') : '';
		decides.replaceChildren(decidesCard(await openFlows(), JSON.stringify(items), rows));
	};
	await draw();
	whenChanged(['local', 'managed', 'session'], draw);
	const head = make('div', { class: 'heading' }, make('p', {}, say('rules_what')), make('button', { class: 'button primary', type: 'button', onclick: () => void add() }, icon('add'), say('rules_add')));
	return section('rules', say('rules_title'), above, head, table, alone.label, extra.label, decides);
};
