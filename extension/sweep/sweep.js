/** The page of sweeps: starts the core, which reads what the background stored and draws everything. Where it can't, the page says so. */
import { dress } from '../panel/appearance.js';
import start, { sweep } from '../wasm/connection_lens.js';

const say = (/** @type {string} */ key) => chrome.i18n.getMessage(key);

document.title = say('sweep_title');

const failed = (/** @type {unknown} */ error) => {
	console.error(error);
	const told = document.createElement('p');
	told.className = 'failed';
	told.setAttribute('role', 'alert');
	told.textContent = say('panel_failed');
	document.getElementById('sweep')?.replaceChildren(told);
};

// After a trap nothing of that instance is trusted.
addEventListener('error', ({ error }) => error instanceof WebAssembly.RuntimeError && failed(error));
addEventListener('unhandledrejection', ({ reason }) => reason instanceof WebAssembly.RuntimeError && failed(reason));

try {
	await dress();
	await start({ module_or_path: chrome.runtime.getURL('wasm/connection_lens_bg.wasm') });
	await sweep();
} catch (error) {
	failed(error);
}
