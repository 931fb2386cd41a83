/** Which rule decides for each operation of an open flow, and why. */
import { explained } from '../wasm/connection_lens.js';
import { counted, make, say } from './make.js';
import { isMeant } from './rule-rows.js';

/** @typedef {import('./kept.js').Open} Open */
/** @typedef {{ level: string, managed: boolean, accounts: string[], decides: boolean }} Fitting */
/** @typedef {{ connector: string | null, connector_name: string, operations: string[], rules: Fitting[], locked: boolean }} Explained as src/session/explained.rs writes it */

/** The flow that was chosen last: the card is drawn anew when something changes. */
let chosen = '';
/** Whether the person opened the card's list of operations. @type {Set<string>} */
const opened = new Set();

/** @type {Record<string, string>} */
const BECAUSE = {
	everywhere: 'rules_because_everywhere',
	environment: 'rules_because_environment',
	connector: 'rules_because_connector',
	connector_here: 'rules_because_connector_here',
	flow: 'rules_because_flow',
};

/** @param {Explained} group */
const because = ({ rules, locked }) => {
	const decides = rules.find((rule) => rule.decides);
	if (!decides) return say('rules_because_nobody');
	return say(decides.managed && locked ? 'rules_because_managed' : (BECAUSE[decides.level] ?? ''));
};

/** @param {Explained[]} groups connectors for which the same rules fit @param {Open} open @param {import('./rule-rows.js').Row[]} rows */
const row = (groups, open, rows) => {
	const [first] = groups;
	const numbers = (/** @type {Fitting} */ fitting) => rows.flatMap((row, index) => (isMeant(row, fitting, open, first.connector) ? [String(index + 1)] : []));
	const chips = first.rules.filter(({ decides }) => decides).flatMap(numbers).map((number) => make('span', { class: 'chip here' }, say('rules_number', [number])));
	const others = first.rules.filter(({ decides }) => !decides).flatMap(numbers).map((number) => say('rules_number', [number]));
	const operations = groups.flatMap((group) => group.operations);
	const told = counted('rules_operations', operations.length, [operations[0] ?? '']);
	const key = first.connector ?? '';
	const details = make(
		'details',
		{
			open: opened.has(key),
			ontoggle: () => {
				if (details.open) opened.add(key);
				else opened.delete(key);
			},
		},
		make('summary', {}, told),
		make('ul', { class: 'operations' }, ...groups.flatMap((group) => group.operations.map((title) => make('li', {}, `${title} · ${group.connector_name}`)))),
	);
	return make(
		'li',
		{ class: 'row' },
		make('div', { class: 'grow' }, make('b', {}, groups.map((group) => group.connector_name).join(', ')), operations.length > 1 ? details : make('div', {}, told)),
		make('div', { class: 'why' }, ...chips, make('p', {}, because(first)), ...(others.length > 0 ? [make('p', { class: 'caption' }, say('rules_fits_too', [others.join(', ')]))] : [])),
	);
};

/** Connectors for which the same rules fit stand together. @param {Explained[]} groups */
const together = (groups) => {
	/** @type {Map<string, Explained[]>} */
	const found = new Map();
	for (const group of groups) {
		const key = JSON.stringify([group.rules, group.locked]);
		found.set(key, [...(found.get(key) ?? []), group]);
	}
	return [...found.values()];
};

/** @param {Open[]} flows @param {string} items everything kept @param {import('./rule-rows.js').Row[]} rows */
export const decidesCard = (flows, items, rows) => {
	const key = (/** @type {Open} */ { environment, flow, tab }) => `${environment}/${flow}/${tab}`;
	const open = flows.find((known) => key(known) === chosen) ?? flows[0];
	/** @type {Explained[]} */
	const groups = (open && JSON.parse(explained(open.state, items))) ?? [];
	const list = make('ul', {}, ...(open ? together(groups).map((groups) => row(groups, open, rows)) : []));
	const empty = groups.length === 0 ? [make('p', { class: 'caption' }, say('rules_decides_none'))] : [list];
	const select = make(
		'select',
		{
			class: 'field',
			'aria-label': say('rules_decides_flow'),
			onchange: () => {
				chosen = select.value;
				card.replaceWith(decidesCard(flows, items, rows));
			},
		},
		...flows.map((known) => make('option', { value: key(known), selected: known === open }, known.name ?? known.flow)),
	);
	const card = make('div', { class: 'card inset' }, make('div', { class: 'row head' }, make('h3', { class: 'grow' }, say('rules_decides')), ...(flows.length > 0 ? [select] : [])), ...empty);
	return card;
};
