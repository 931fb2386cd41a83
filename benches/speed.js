/**
 * Rows that need no browser: the core in WebAssembly, natively, and the JavaScript peer, in turns within one run. Prints a measurement a line.
 *
 * `node speed.js FOLDER NATIVE SHIPPED MEASURED`: the flows' folder, the native runner, the folders of the shipped core and of the one with the measured door.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { audit, prepare } from './reader.js';

const [folder, native, shipped, measured] = process.argv.slice(2);
const INTENDED = 'svc-flows@contoso.com';
const ROUNDS = 21;
/** Long enough for the clock, short enough that a busy machine hits all alike: milliseconds for a turn. */
const TURN = 12;

const flows = ['15k', '100k-pretty', '100k', '350k', '1000-actions', '5m', '10', '100', '2000'];
const bytesOf = (name) => new Uint8Array(readFileSync(`${folder}/${name}.json`));
const connections = bytesOf('connections');
const { environment, flow } = JSON.parse(readFileSync(`${folder}/ids.json`, 'utf8'));

const median = (numbers) => {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)];
};
const tell = (row) => console.log(JSON.stringify(row));

// ---- the contenders ----

const load = async (path, name) => {
	const glue = await import(`${path}/${name}.js`);
	const exports = await glue.default({ module_or_path: readFileSync(`${path}/${name}_bg.wasm`) });
	return { ...glue, exports };
};

const child = spawn(native, [`${folder}/connections.json`, environment, flow, INTENDED], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
const next = async () => {
	const { value, done } = await lines.next();
	if (done) throw new Error('the native runner ended');
	return value;
};
const ask = async (...words) => {
	child.stdin.write(`${words.join('\t')}\n`);
	return next();
};
const { events, items } = JSON.parse(await next());

const core = await load(shipped, 'connection_lens');
const bench = await load(measured, 'connection_lens_bench');
const reader = new bench.Reader(connections, INTENDED);
const known = prepare(connections, INTENDED);

const feed = (bytes) => {
	const lens = new core.Lens();
	lens.local(items);
	lens.feed('doc', events[0], new Uint8Array());
	const outcome = lens.feed('doc', events[1], bytes);
	lens.free();
	return outcome;
};

/** Milliseconds for one, over so many. */
const timed = (work, times) => {
	const start = process.hrtime.bigint();
	let length = 0;
	for (let i = 0; i < times; i += 1) length += work().length;
	if (length < 0) throw new Error('never');
	return Number(process.hrtime.bigint() - start) / 1e6 / times;
};

/** Each contender's milliseconds, round by round. */
const race = async (name) => {
	const bytes = bytesOf(name);
	const path = `${folder}/${name}.json`;
	const results = [reader.audit(bytes), audit(bytes, known), await ask('result', path)];
	if (new Set(results).size !== 1) throw new Error(`${name}: the readers differ: ${results.map((result) => result.slice(0, 300)).join('\n')}`);
	if (feed(bytes) !== await ask('feed-result', path)) throw new Error(`${name}: the core's two builds differ`);
	const contenders = {
		wasm: (times) => timed(() => reader.audit(bytes), times),
		javascript: (times) => timed(() => audit(bytes, known), times),
		parse: (times) => timed(() => [JSON.parse(new TextDecoder().decode(bytes))], times),
		native: async (times) => Number((await ask('audit', path, times)).split(' ')[0]),
		fed: (times) => timed(() => feed(bytes), times),
		fedNative: async (times) => Number((await ask('feed', path, times)).split(' ')[0]),
	};
	/** @type {Record<string, number>} */
	const times = {};
	for (const [who, run] of Object.entries(contenders)) {
		await run(Math.min(40, Math.max(4, Math.ceil(2e7 / bytes.length))));
		times[who] = Math.max(1, Math.round(TURN / (await run(2))));
	}
	/** @type {Record<string, number[]>} */
	const took = Object.fromEntries(Object.keys(contenders).map((who) => [who, []]));
	const order = Object.keys(contenders);
	for (let round = 0; round < ROUNDS; round += 1) {
		for (const who of order) took[who].push(await contenders[who](times[who]));
		order.push(order.shift());
	}
	return { bytes: bytes.length, took };
};

const times = (took, one, other) => median(took[one].map((ms, round) => ms / took[other][round]));

/** @type {Record<string, Awaited<ReturnType<typeof race>>>} */
const all = {};
for (const name of flows) {
	const { bytes, took } = (all[name] = await race(name));
	const ms = Object.fromEntries(Object.entries(took).map(([who, list]) => [who, median(list)]));
	tell({ point: name, bytes, ...ms });
	if (/^\d+$/.test(name)) continue;
	tell({ row: `reader.${name}`, measured: times(took, 'javascript', 'wasm'), peer: `${ms.javascript.toFixed(2)} ms in JavaScript, ${ms.wasm.toFixed(2)} ms here` });
	tell({ row: `parse.${name}`, measured: times(took, 'parse', 'wasm'), peer: `${ms.parse.toFixed(2)} ms for JSON.parse` });
	tell({ row: `native.${name}`, measured: times(took, 'wasm', 'native'), peer: `${ms.native.toFixed(2)} ms natively` });
	tell({ row: `fed.${name}`, measured: times(took, 'fed', 'fedNative'), peer: `${ms.fedNative.toFixed(2)} ms natively, ${ms.fed.toFixed(2)} ms here` });
}
for (const [row, who] of [['growth.read', 'wasm'], ['growth.feed', 'fed']]) {
	const per = (name) => median(all[name].took[who]) / Number(name);
	tell({ row, measured: per('2000') / per('100'), peer: `${(per('100') * 1000).toFixed(2)} µs an action at 100` });
}

// ---- memory: the core's own, as the worker holds it ----

const holds = () => core.exports.memory.buffer.byteLength / 1e6;
{
	const lens = new core.Lens();
	lens.local(items);
	const one = bytesOf('350k');
	const visit = (number, bytes) => {
		const there = (text) => text.replaceAll(flow, `${flow.slice(0, -4)}${String(number).padStart(4, '0')}`);
		lens.feed('doc', there(events[0]), new Uint8Array());
		lens.feed('doc', there(events[1]), bytes);
	};
	for (let number = 0; number < 50; number += 1) visit(number % 7, one);
	const before = holds();
	for (let number = 0; number < 500; number += 1) visit(number % 7, one);
	tell({ row: 'memory.growth', measured: holds() - before, peer: `${before.toFixed(1)} MB before` });
}
{
	// Afresh: a 5 MB flow was read above.
	core.__wbg_reset_state?.();
	const lens = new core.Lens();
	lens.local(items);
	const empty = holds();
	lens.feed('doc', events[0], new Uint8Array());
	lens.feed('doc', events[1], bytesOf('350k'));
	tell({ row: 'memory.one', measured: holds() - empty, peer: `${empty.toFixed(1)} MB before` });
}
child.stdin.end();
