/** The panel's page: starts the core, which reads what the background stored and draws everything. Where it can't start, the page says so. */
import start, { panel } from '../wasm/connection_lens.js';

const say = (/** @type {string} */ key) => chrome.i18n.getMessage(key);

document.documentElement.lang = say('@@ui_locale').replace('_', '-');
document.documentElement.dir = say('@@bidi_dir');
document.title = say('panel_title');

try {
	await start({ module_or_path: chrome.runtime.getURL('wasm/connection_lens_bg.wasm') });
	await panel();
} catch (error) {
	console.error(error);
	const told = document.createElement('p');
	told.className = 'failed';
	told.setAttribute('role', 'alert');
	told.textContent = say('panel_failed');
	document.getElementById('panel')?.replaceChildren(told);
}
