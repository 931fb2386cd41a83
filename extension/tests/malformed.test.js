// Figure 4: malformed messages by the ten thousand, from the page to the content script, and from there or from the panel to the background with the built
// core. Most are whole but for one part: such pass one gate after the other, up to the one that is for that part.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspect } from 'node:util';
import vm from 'node:vm';
import { newBrowser, sample } from './chrome.js';
import { compileCore, start } from './lives.js';

const COUNT = 10_000;
const DOC = '6f929fd3-4538-429a-931b-7d3b1fb8e76c';
const KNOWN = `doc:1:0:${DOC}`;
const PAGE = sample('event-shown').address;
const TAB = { id: 'lens', url: PAGE, frameId: 0, tab: { id: 1, incognito: false } };
const PANEL = { id: 'lens', url: 'chrome-extension://lens/panel/panel.html' };

let seed = 1;
const below = (most) => (seed = (seed * 48_271) % 2_147_483_647) % most;
const one = (list) => list[below(list.length)];

/** What any part may be instead. */
const ODD = [true, false, 0, 1, -1, 0.5, '', 'x', '1', '__proto__', 'constructor', DOC, KNOWN, 'x'.repeat(40_000), [], [[]], [1], {}, { kind: 'shown' }];
const circle = {};
circle.circle = circle;
/** What crosses from the page besides. */
const CLONED = [undefined, NaN, Infinity, 7n, circle, new Date(0), new Map([['kind', 'shown']]), new Uint8Array(3)];

/** Something of another type than a part has. Nothing at all (`null`) is no fault of some. */
const otherwise = (value, odd) => one(odd.filter((other) => typeof other !== typeof value || Array.isArray(other) !== Array.isArray(value)));

/** Anything at all, of parts with known names. */
const anything = (names, odd, depth = 0) => (depth > 2 || below(3) === 0 ? one([null, ...odd]) : Object.fromEntries(names.filter(() => below(2)).map((name) => [name, anything(names, odd, depth + 1)])));

/** Sound but for one part of it; without parts, but for its kind. */
const spoilt = ({ kind, ...parts }, odd) => {
	const name = one(Object.keys(parts));
	return name === undefined ? { kind: one(['nonsense', 'Look', '', 'constructor', 7]) } : { kind, ...parts, [name]: otherwise(parts[name], odd) };
};

/** The parts of each kind that the page tells, and the designer's script. */
const SAID = {
	fromPage: [
		{ ...sample('event-captured'), retry_after: 7, number: 1, text: '{}' },
		sample('event-signed_in'),
		sample('event-unanswered'),
		{ kind: 'swept', number: 1, status: 200, at: 1, retry_after: 7, more: false, cut: false, text: '{}' },
		{ kind: 'unswept', number: 1, why: 'offline', at: 1 },
	],
	fromDesigner: [{ kind: 'designer', text: '{}' }],
};

test('ten thousand malformed messages from the page: none of them goes on', () => {
	const context = vm.createContext({ crypto, URL, URLSearchParams, chrome: { runtime: { id: 'lens' } }, location: { href: PAGE }, setTimeout });
	vm.runInContext(readFileSync(new URL('../content/bridge.js', import.meta.url), 'utf8'), context);
	const bridge = vm.runInContext('bridge', context);
	const odd = [...ODD, ...CLONED];
	let known = 0;
	for (let i = 0; i < COUNT; i += 1) {
		const port = below(4) === 0 ? 'fromDesigner' : 'fromPage';
		const sound = one(SAID[port]);
		// (Of anything at all, a text is all that the designer's script would have to add.)
		const said = below(4) === 0 ? { ...anything(['number', 'status', 'at', 'asked'], odd), kind: one([sound.kind, ...odd]) } : spoilt(sound, odd);
		if (said.kind === sound.kind) known += 1;
		const read = bridge.read(structuredClone(said), bridge[port]);
		assert.equal(read, undefined, `message ${i}: ${JSON.stringify(read)}`);
	}
	assert.ok(known > COUNT / 2, `of a known kind: ${known}`);
	// None is refused because all are: each sound one goes on.
	for (const [port, sound] of Object.entries(SAID)) for (const said of sound) assert.equal(bridge.read(said, bridge[port])?.event.kind, said.kind);
	console.log(`trust: 4 malformed messages from the page ${COUNT}: of a known kind ${known}, carried on 0`);
});

const SHOWN = { kind: 'shown', address: PAGE, at: 1 };
const FLOW = JSON.stringify({ name: /[^/]+$/.exec(PAGE)[0], properties: { displayName: 'Invoice approval', definition: { triggers: { manual: { type: 'Request' } }, actions: {} }, connectionReferences: {} } });
const samples = (...kinds) => kinds.map((kind) => sample(`event-${kind}`));
// (A toggle's sample leaves open which way.)
const TOGGLES = [{ kind: 'highlight', on: true }, { kind: 'owners', on: true }];
const OF_DOCUMENT = [...TOGGLES, ...samples('captured', 'designer', 'found', 'not_revealed', 'reveal', 'rows', 'shown', 'signed_in', 'step', 'unanswered', 'hidden', 'look')];
const OF_PANEL = [...TOGGLES, ...samples('dismiss', 'intend', 'note', 'refresh', 'reset', 'reveal', 'sign_in_alone', 'step', 'tick', 'tick_item', 'undo', 'look')];

/** What structured clones carry and JSON can't say, too. (Of the others, some are something in JSON.) */
const MORE = [...ODD, 7n, circle];

/** By lot: the message, and who sends it. */
const malformed = (number) => {
	const parcel = { v: 1, doc: DOC, n: number, event: one(OF_DOCUMENT), body: '{}' };
	const told = { to: 'session', key: KNOWN, event: one(OF_PANEL) };
	switch (below(5)) {
		case 0:
			return [anything(['v', 'doc', 'n', 'event', 'body', 'keep', 'open', 'to', 'key', 'kind'], MORE), one([TAB, PANEL])];
		case 1: {
			const name = one(['v', 'doc', 'n', 'event', 'body']);
			return [{ ...parcel, [name]: otherwise(parcel[name], MORE) }, TAB];
		}
		case 2:
			return [{ ...parcel, event: spoilt(parcel.event, MORE) }, TAB];
		case 3: {
			const name = one(['to', 'key', 'event']);
			return [{ ...told, [name]: name === 'key' && below(2) ? 'doc:9:0:x' : otherwise(told[name], MORE) }, PANEL];
		}
		default:
			return [{ ...told, event: spoilt(told.event, MORE) }, PANEL];
	}
};

test('ten thousand malformed messages to the background: each is dropped or refused, nothing of it stays', async (t) => {
	await compileCore();
	const browser = newBrowser();
	const { send, counts } = await start(browser, { hasCore: true });
	await send({ v: 1, doc: DOC, n: 1, event: SHOWN }, TAB);
	await send({ v: 1, doc: DOC, n: 2, event: { ...sample('event-captured'), status: 200 }, body: FLOW }, TAB);
	const kept = () => JSON.stringify([[...browser.areas.session], [...browser.areas.local], browser.did.pushed]);
	const before = kept();
	assert.ok(before.includes('Invoice approval'), 'the document is known');
	// A refusal is told on the worker's console by its name alone.
	const told = t.mock.method(console, 'error', () => {});
	const answers = { dropped: 0, refused: 0, gone: 0 };
	for (let i = 0; i < COUNT; i += 1) {
		const [message, sender] = malformed(i + 10);
		const answer = await send(message, sender);
		const what = answer === undefined ? 'dropped' : Object.keys(answer).length === 1 ? answer.error : 'taken';
		assert.ok(Object.hasOwn(answers, what), `message ${i}: ${inspect([message, answer]).slice(0, 400)}`);
		answers[what] += 1;
		assert.equal(kept(), before, `message ${i}`);
	}
	assert.equal(answers.dropped, counts.dropped);
	assert.ok(answers.refused > COUNT / 4 && answers.gone > COUNT / 50, `past every gate of the background: ${JSON.stringify(answers)}`);
	assert.equal(told.mock.callCount(), answers.refused);
	for (const { arguments: words } of told.mock.calls) assert.deepEqual(words, ['Connection Lens:', 'ConnectionLensError']);
	// The next sensible one is taken in.
	assert.deepEqual(await send({ to: 'session', key: KNOWN, event: sample('event-intend') }, PANEL), {});
	assert.ok(browser.areas.local.size > 0);
	console.log(`trust: 4 malformed messages to the background ${COUNT}: dropped ${answers.dropped}, refused by the core ${answers.refused}, for a page that isn't there ${answers.gone}; stored 0, traps 0`);
});
