/** The keys, and which version this is. */
import { make, say, section } from './make.js';

export const aboutSection = async () => {
	const { version } = chrome.runtime.getManifest();
	const commands = await chrome.commands.getAll();
	const names = /** @type {Record<string, string>} */ ({ _execute_action: say('about_panel'), _execute_sidebar_action: say('about_panel') });
	const rows = commands.map(({ name = '', description, shortcut }) =>
		make('li', { class: 'row' }, make('div', { class: 'grow' }, description || names[name] || name), make('kbd', {}, shortcut || say('about_no_key'))));
	return section(
		'about',
		say('about_title'),
		make('ul', { class: 'card' }, ...rows),
		make('p', { class: 'caption' }, say('about_keys')),
		make('p', {}, make('b', {}, say('ext_name')), ' ', say('about_version', [version])),
		make('p', {}, say('about_licence'), ' ', make('a', { href: '../licences.txt', target: '_blank' }, say('about_third_party'))),
		make('p', { class: 'caption' }, say('about_translation')),
	);
};
