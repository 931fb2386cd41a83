/** All settings as one file: to keep, to hand on, to take over elsewhere. */
import { from_settings_file, settings_file } from '../wasm/connection_lens.js';
import { icon } from './icon.js';
import { keptText, takeBack } from './kept.js';
import { make, say, tell, text } from './make.js';

const NAME = 'connection-lens-settings.json';
/** Longer than any settings file: not even read. The core's own limit stands in src/session/settings_file.rs. */
const MOST = 2 * 1024 * 1024;

const save = async () => {
	const address = URL.createObjectURL(new Blob([settings_file(await keptText())], { type: 'application/json' }));
	make('a', { href: address, download: NAME }).click();
	URL.revokeObjectURL(address);
};

/** Takes a file over, whole or not at all. @param {File} file */
const take = async (file) => {
	if (file.size > MOST) return tell(say('settings_file_long'), true);
	const told = JSON.parse(from_settings_file(await file.text(), await keptText()));
	if (told.refused) return tell(text(told.refused), true);
	const before = await chrome.storage.local.get(Object.keys(told.keep));
	await chrome.storage.local.set(told.keep);
	const deed = async () => {
		await takeBack(told.keep, before);
		tell('');
	};
	return tell(say('settings_imported', [file.name]), false, { words: say('rules_put_back'), deed });
};

export const settingsButtons = () => {
	const input = make('input', { type: 'file', accept: '.json,application/json', hidden: true, 'aria-label': say('settings_import'), onchange: () => void picked() });
	const picked = async () => {
		const file = input.files?.[0];
		input.value = '';
		if (file) await take(file);
	};
	return make(
		'div',
		{ class: 'files' },
		make('button', { class: 'button', type: 'button', onclick: () => void save() }, icon('out'), say('settings_export')),
		make('button', { class: 'button quiet', type: 'button', onclick: () => input.click() }, say('settings_import')),
		input,
	);
};
