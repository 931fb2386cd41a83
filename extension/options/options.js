/** The options page: sections one below the other, with a list of them beside. */
import start from '../wasm/connection_lens.js';
import { aboutSection } from './about.js';
import { cloudsSection } from './clouds.js';
import { compatibilitySection } from './compatibility.js';
import { dataSection } from './data.js';
import { make, say } from './make.js';

document.documentElement.lang = say('panel_language');
document.documentElement.dir = say('panel_direction');
document.title = say('options_title');

const root = /** @type {HTMLElement} */ (document.getElementById('options'));

const failed = (/** @type {unknown} */ error) => {
	console.error(error);
	root.replaceChildren(make('p', { class: 'failed', role: 'alert' }, say('panel_failed')));
};

try {
	await start({ module_or_path: chrome.runtime.getURL('wasm/connection_lens_bg.wasm') });
	const sections = [await cloudsSection(), await dataSection(), await compatibilitySection(), await aboutSection()];
	const links = sections.map((part) => make('li', {}, make('a', { href: `#${part.id}` }, part.querySelector('h2')?.textContent ?? '')));
	root.append(
		make('header', {}, make('h1', {}, say('options_title'))),
		make('nav', { 'aria-label': say('options_sections') }, make('ul', {}, ...links)),
		make('main', {}, make('p', { id: 'news', role: 'status' }), ...sections),
	);
} catch (error) {
	failed(error);
}
