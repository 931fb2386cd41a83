// Starts the background anew, as a browser does after it stopped the worker: every module of it, with nothing remembered.
import { register } from 'node:module';

register(
	`data:text/javascript,${encodeURIComponent(`
		const lens = ${JSON.stringify(new URL('./lens.js', import.meta.url).href)};
		export const resolve = async (specifier, context, next) => {
			const life = new URL(context.parentURL ?? 'file:///').search;
			if (specifier.endsWith('/wasm/connection_lens.js')) return { url: lens + life, shortCircuit: true };
			const resolved = await next(specifier, context);
			return specifier.startsWith('.') && life ? { ...resolved, url: resolved.url + life } : resolved;
		};
	`)}`,
	import.meta.url,
);

let lives = 0;

/** @param {ReturnType<import('./chrome.js').newBrowser>} browser */
export const start = async (browser) => {
	const chrome = browser.newLife();
	globalThis.chrome = chrome;
	lives += 1;
	await import(`../background.js?life=${lives}`);
	const [listener] = chrome.runtime.onMessage.all;
	/** Sends a message as the browser does; nothing when it was dropped. */
	const send = (message, sender) =>
		new Promise((resolve) => {
			const isLater = listener(message, sender, (answer) => resolve(structuredClone(answer)));
			if (!isLater) setTimeout(() => resolve(undefined));
		});
	return { chrome, send, counts: globalThis.connectionLens };
};
