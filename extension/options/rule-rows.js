/** All rules as rows of a table, from general to special: the person's, the organisation's, and those of single flows. */

/** @typedef {import('./kept.js').Rule} Rule */
/** @typedef {'everywhere' | 'environment' | 'connector' | 'connector_here' | 'flow'} Level as src/audit/intent.rs writes it */
/** @typedef {{ level: Level, rule: Rule, isManaged: boolean, from: 'everywhere' | 'rules' | 'policy' | string, name?: string }} Row `from`: where it is kept; a flow's record by its key */
/** @typedef {{ set: boolean, rules: Rule[], locked: 'open' | 'where_it_speaks' | 'everything', sign_in_alone: boolean | null, extra_requests: boolean | null, faults: string[] }} Policy as src/browser/options.rs tells it */

/** @type {Level[]} */
const LEVELS = ['everywhere', 'environment', 'connector', 'connector_here', 'flow'];
const FLOW = 'flow:';

/** @param {Rule} rule @returns {Level} */
const levelOf = ({ environment, connector }) => (environment ? (connector ? 'connector_here' : 'environment') : connector ? 'connector' : 'everywhere');

/** @param {import('./kept.js').Settings} settings @param {Record<string, any>} items local storage @param {Policy} policy @returns {Row[]} */
export const rowsOf = (settings, items, policy) => {
	/** @type {Row[]} */
	const rows = policy.rules.map((rule) => ({ level: levelOf(rule), rule, isManaged: true, from: 'policy' }));
	if (settings.accounts.length > 0) rows.push({ level: 'everywhere', rule: { accounts: settings.accounts }, isManaged: false, from: 'everywhere' });
	for (const rule of settings.rules) rows.push({ level: levelOf(rule), rule, isManaged: false, from: 'rules' });
	for (const [key, record] of Object.entries(items)) {
		const [environment, flow] = key.startsWith(FLOW) ? key.slice(FLOW.length).split('/') : [];
		if (environment && flow && record?.accounts?.length > 0) rows.push({ level: 'flow', rule: { accounts: record.accounts, environment }, isManaged: false, from: key, name: record.name ?? flow });
	}
	return rows.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
};

const plainEnvironment = (/** @type {string} */ id) => id.replace(/[-.]/g, '').toLowerCase();
const plainConnector = (/** @type {string} */ id) => (id.split('/').at(-1) ?? '').toLowerCase();

/** Whether a row is meant by what the core says of a rule that fits. @param {Row} row @param {{ level: string, managed: boolean }} fitting @param {{ environment: string, flow: string }} open @param {string | null} connector */
export const isMeant = (row, { level, managed }, { environment, flow }, connector) =>
	row.level === level &&
	row.isManaged === managed &&
	(level !== 'flow' || row.from === `${FLOW}${environment.toLowerCase()}/${flow.toLowerCase()}`) &&
	(level === 'flow' || !row.rule.environment || plainEnvironment(row.rule.environment) === plainEnvironment(environment)) &&
	(!row.rule.connector || (connector !== null && plainConnector(row.rule.connector) === plainConnector(connector)));

/** @param {Rule} a @param {Rule} b */
const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The settings without a rule. @param {import('./kept.js').Settings} settings @param {Row} row @returns {import('./kept.js').Settings} */
export const without = (settings, { from, rule }) => {
	if (from === 'everywhere') return { ...settings, accounts: [] };
	const at = settings.rules.findIndex((known) => isSame(known, rule));
	return { ...settings, rules: settings.rules.filter((_, index) => index !== at) };
};

/** The settings with one more rule. What holds everywhere and says nothing else has a place of its own, which the panel changes too. @param {import('./kept.js').Settings} settings @param {Rule} rule @returns {import('./kept.js').Settings} */
export const withRule = (settings, rule) => {
	const isPlain = levelOf(rule) === 'everywhere' && rule.sign_in_alone === undefined;
	if (!isPlain) return { ...settings, rules: [...settings.rules, rule] };
	return { ...settings, accounts: [...new Set([...settings.accounts, ...rule.accounts])] };
};
