/** The options page: sections one below the other, with a list of them beside. */
import { dress } from '../panel/appearance.js';
import start from '../wasm/connection_lens.js';
import { aboutSection } from './about.js';
import { appearanceSection } from './appearance.js';
import { cloudsSection } from './clouds.js';
import { compatibilitySection } from './compatibility.js';
import { dataSection } from './data.js';
import { icon, logo } from './icon.js';
import { make, say } from './make.js';
import { rulesSection } from './rules.js';
import { settingsButtons } from './settings-file.js';

/** @typedef {import('./icon.js').Name} Name */

document.title = say('options_title');

const root = /** @type {HTMLElement} */ (document.getElementById('options'));

const failed = (/** @type {unknown} */ error) => {
	console.error(error);
	root.replaceChildren(make('p', { class: 'failed', role: 'alert' }, say('panel_failed')));
};

try {
	await dress();
	await start({ module_or_path: chrome.runtime.getURL('wasm/connection_lens_bg.wasm') });
	/** @type {[Name, HTMLElement][]} */
	const sections = [
		['person', await rulesSection()],
		['sun', await appearanceSection()],
		['globe', await cloudsSection()],
		['store', await dataSection()],
		['shield', await compatibilitySection()],
		['about', await aboutSection()],
	];
	const links = sections.map(([sign, part]) => make('li', {}, make('a', { href: `#${part.id}` }, icon(sign), make('span', {}, part.querySelector('h2')?.textContent ?? ''))));
	const title = make('h1', {}, logo(), make('span', {}, say('options_title')));
	root.append(
		make('header', {}, title, make('nav', { 'aria-label': say('options_sections') }, make('ul', {}, ...links)), settingsButtons()),
		make('main', {}, ...sections.map(([, part]) => part), make('p', { id: 'news', role: 'status' })),
	);
	// The address may name a section that wasn't there yet.
	if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
} catch (error) {
	failed(error);
}
