// Figure 5: the background is stopped at every single moment of a hand-over, with the built core. Whatever wasn't answered is sent again, as the page
// and the panel do; in the end everything is as if nothing had happened.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newBrowser, newLifetime } from './chrome.js';
import { compileCore, start } from './lives.js';

const ENVIRONMENT = 'Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9';
const FLOW = 'd2642355-a6b8-4662-a418-000000000001';
const SERVICE = 'svc-flows@contoso.com';
const PAGE = `https://make.powerautomate.com/environments/${ENVIRONMENT}/flows/${FLOW}?v3=true`;
const API = `https://default1f2e3d4c5b6a49788695a4b3c2d1e0.f9.environment.api.powerplatform.com/powerautomate/flows/${FLOW}`;
const [FIRST, SECOND] = ['6f929fd3-4538-429a-931b-7d3b1fb8e76c', '6f929fd3-4538-429a-931b-7d3b1fb8e76d'];
const PANEL = { id: 'lens', url: 'chrome-extension://lens/panel/panel.html' };
const TAB = { id: 'lens', url: PAGE, frameId: 0, tab: { id: 1, incognito: false } };

const action = (key) => ({ type: 'OpenApiConnection', runAfter: {}, inputs: { host: { connectionName: key, apiId: '/providers/Microsoft.PowerApps/apis/shared_office365' } } });
const reference = (connectionName) => ({ connectionName, source: 'Embedded', id: '/providers/Microsoft.PowerApps/apis/shared_office365' });
const connection = (name, mail) => ({ name, id: `/providers/Microsoft.PowerApps/apis/shared_office365/connections/${name}`, properties: { apiId: '/providers/Microsoft.PowerApps/apis/shared_office365', displayName: mail, accountName: mail, statuses: [{ status: 'Connected' }], createdBy: { id: mail, displayName: mail, email: mail } } });
const flow = JSON.stringify({
	name: FLOW,
	properties: {
		displayName: 'Invoice approval',
		definition: { triggers: { manual: { type: 'Request' } }, actions: { Send: action('a'), Tell: action('a'), File: action('s') } },
		connectionReferences: { a: reference('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'), s: reference('55555555555555555555555555555555') },
	},
});
const picker = JSON.stringify([connection('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'ana.kovac@contoso.com'), connection('55555555555555555555555555555555', SERVICE)]);

let clock = 1_000;
const at = () => (clock += 1_000);
const captured = (address, text) => ({ event: { kind: 'captured', method: 'GET', address, status: 200, at: at(), asked: false }, body: text });

/** What happens, in its order: in a document (numbered, as its bridge does) or in the panel. */
const STEPS = [
	{ doc: FIRST, event: { kind: 'shown', address: PAGE, at: at() } },
	{ doc: FIRST, event: { kind: 'signed_in', account: '8323f7fe-e8a4-46c4-b5ea-f4864887d160', tenant: '1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9' } },
	{ doc: FIRST, ...captured(`${API}?api-version=1`, flow) },
	{ doc: FIRST, ...captured(`${API}/connections?api-version=1`, picker) },
	{ panel: FIRST, event: { kind: 'intend', accounts: [SERVICE], scope: 'everywhere', at: at() } },
	{ doc: FIRST, event: { kind: 'highlight', on: null } },
	{ doc: FIRST, event: { kind: 'step', forward: true } },
	{ doc: FIRST, event: { kind: 'step', forward: true } },
	{ panel: FIRST, event: { kind: 'tick', step: 'people', on: true, at: at() } },
	{ panel: FIRST, event: { kind: 'note', item: 'people', text: 'asked Ben', at: at() } },
	{ panel: FIRST, event: { kind: 'undo', of: clock } },
	{ bar: { x: 12, y: -8, minimised: false } },
	// The page is loaded anew: another document in the same tab, the first is out of sight.
	{ doc: SECOND, event: { kind: 'shown', address: PAGE, at: at() } },
	{ doc: SECOND, ...captured(`${API}?api-version=1`, flow) },
	{ doc: SECOND, ...captured(`${API}/connections?api-version=1`, picker) },
	{ panel: SECOND, event: { kind: 'intend', accounts: [SERVICE, 'ana.kovac@contoso.com'], scope: 'flow', at: at() } },
];
const messages = STEPS.map(({ doc, panel, bar, event, body }, index) => {
	if (panel) return [{ to: 'session', key: `doc:1:0:${panel}`, event }, PANEL];
	if (bar) return [{ v: 1, doc: FIRST, keep: { bar } }, TAB];
	return [{ v: 1, doc, n: index + 1, event, ...(body === undefined ? {} : { body }) }, TAB];
});

/** Everything that lasts. */
const kept = ({ areas }) => Object.fromEntries(Object.entries(areas).map(([name, area]) => [name, Object.fromEntries([...area].map(([key, value]) => [key, typeof value === 'string' ? JSON.parse(value) : value]))]));
const picture = (answer) => [answer?.paint ?? null, answer?.reveal ?? null, answer?.bar ?? null, answer?.asks ?? []];

/** Plays one step. The life is stopped at one of its calls; what wasn't answered is sent again to the next. */
const play = async (browser, step, last, takesEffect) => {
	const lifetime = newLifetime(last, takesEffect);
	const life = await start(browser, { lifetime, hasCore: true });
	const answer = await Promise.race([life.send(...messages[step]), lifetime.over]);
	if (!lifetime.isOver) return { answer: picture(answer), calls: lifetime.calls };
	const next = await start(browser, { hasCore: true });
	return { answer: picture(await next.send(...messages[step])), calls: lifetime.calls };
};

test('stopped before and after each call of the browser, in each step: the same picture, nothing lost, nothing twice', async () => {
	await compileCore();
	const browser = newBrowser();
	// What lasts before each step, and after the last: lives know nothing but that, so whoever has it goes on in the same way.
	const lasts = [structuredClone(browser.areas)];
	for (const message of messages) {
		const { send } = await start(browser, { hasCore: true });
		await send(...message);
		lasts.push(structuredClone(browser.areas));
	}
	const { local, session } = kept({ areas: lasts.at(-1) });
	assert.deepEqual(local.bar, STEPS[11].bar);
	assert.deepEqual([session[`doc:1:0:${FIRST}`].shown, session[`doc:1:0:${SECOND}`].shown], [false, true]);
	let moments = 0;
	for (let step = 0; step < messages.length; step += 1) {
		const renewed = () => {
			const other = newBrowser();
			for (const [name, area] of Object.entries(structuredClone(lasts[step]))) for (const [key, value] of area) other.areas[name].set(key, value);
			return other;
		};
		const untouched = await play(renewed(), step, Infinity, false);
		for (let call = 1; call <= untouched.calls; call += 1) {
			for (const takesEffect of [false, true]) {
				const other = renewed();
				const { answer } = await play(other, step, call, takesEffect);
				const where = `step ${step} (${STEPS[step].event?.kind ?? 'bar'}), stopped ${takesEffect ? 'after' : 'before'} call ${call} of ${untouched.calls}`;
				assert.deepEqual(kept(other), kept({ areas: lasts[step + 1] }), where);
				assert.deepEqual(answer, untouched.answer, where);
				moments += 1;
			}
		}
	}
	assert.ok(moments > 200, `${moments}`);
	console.log(`trust: 5 stopped before and after each call of the browser in ${messages.length} steps: ${moments} moments, differences 0`);
});
