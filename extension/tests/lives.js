// Starts the background anew, as a browser does after it stopped the worker: every module of it, with nothing remembered.
import { existsSync, readFileSync } from 'node:fs';
import { register } from 'node:module';

const built = new URL('../../dist/chromium/wasm/connection_lens.js', import.meta.url);

register(
	`data:text/javascript,${encodeURIComponent(`
		const lens = ${JSON.stringify(new URL('./lens.js', import.meta.url).href)};
		// The built core itself, compiled once for all lives.
		const core = (life) => 'data:text/javascript,' + encodeURIComponent(
			'import init, * as all from "${built.href}' + life + '"; export * from "${built.href}' + life + '"; export default () => init({ module_or_path: globalThis.compiledCore });',
		);
		export const resolve = async (specifier, context, next) => {
			const life = new URL(context.parentURL ?? 'file:///').search;
			if (specifier.endsWith('/wasm/connection_lens.js')) return { url: life.endsWith('core') ? core(life) : lens + life, shortCircuit: true };
			const resolved = await next(specifier, context);
			return specifier.startsWith('.') && life ? { ...resolved, url: resolved.url + life } : resolved;
		};
	`)}`,
	import.meta.url,
);

let lives = 0;

/** The core as it is built, for lives that shall have it: `cargo xtask build` makes it. */
export const compileCore = async () => {
	const file = new URL('connection_lens_bg.wasm', built);
	if (!existsSync(file)) throw new Error('dist/chromium holds no core: run `cargo xtask build` first');
	globalThis.compiledCore ??= await WebAssembly.compile(readFileSync(file));
};

/** @param {ReturnType<import('./chrome.js').newBrowser>} browser @param {{ lifetime?: ReturnType<import('./chrome.js').newLifetime>, hasCore?: boolean }} [options] */
export const start = async (browser, { lifetime, hasCore = false } = {}) => {
	const chrome = browser.newLife(lifetime);
	globalThis.chrome = chrome;
	lives += 1;
	await import(`../background.js?life=${lives}${hasCore ? '&core' : ''}`);
	const [listener] = chrome.runtime.onMessage.all;
	/** Sends a message as the browser does; nothing when it was dropped. */
	const send = (message, sender) =>
		new Promise((resolve) => {
			const isLater = listener(message, sender, (answer) => resolve(structuredClone(answer)));
			if (!isLater) setTimeout(() => resolve(undefined));
		});
	return { chrome, send, counts: globalThis.connectionLens };
};
