/** Microsoft's separate clouds: each is allowed by a person, by name, and taken back here too. */
import { clouds, isAllowed, wish } from '../background/clouds.js';
import { make, say, section, tell } from './make.js';

/** @typedef {import('../background/clouds.js').Cloud} Cloud */

/** @param {Cloud} cloud @param {boolean} isOn @param {() => void} again */
const row = (cloud, isOn, again) => {
	const turn = async () => {
		// The browser asks the person itself, and only while a press counts.
		const isDone = isOn ? await chrome.permissions.remove({ origins: cloud.origins }) : await chrome.permissions.request(wish(cloud));
		tell(say(isDone ? (isOn ? 'clouds_taken_back' : 'clouds_allowed_now') : 'clouds_not_changed', [say(cloud.name)]), !isDone);
		again();
	};
	const hosts = cloud.origins.map((origin) => new URL(origin.replace('*', '')).host).join(', ');
	return make(
		'li',
		{ class: 'row' },
		make('div', { class: 'grow' }, make('b', {}, say(cloud.name)), make('div', { class: 'caption' }, hosts)),
		...(isOn ? [make('span', { class: 'chip intended' }, say('clouds_allowed'))] : []),
		make('button', { class: 'button', type: 'button', onclick: () => void turn() }, say(isOn ? 'clouds_take_back' : 'clouds_allow')),
	);
};

export const cloudsSection = async () => {
	const list = make('ul', { class: 'card' });
	const draw = async () => {
		/** @type {HTMLElement[]} */
		const rows = [make('li', { class: 'row' }, make('div', { class: 'grow' }, make('b', {}, say('clouds_public')), make('div', { class: 'caption' }, 'make.powerautomate.com, make.powerapps.com')), make('span', { class: 'chip intended' }, say('clouds_always')))];
		for (const cloud of clouds) rows.push(row(cloud, await isAllowed(cloud), () => void draw()));
		list.replaceChildren(...rows);
	};
	await draw();
	return section('clouds', say('clouds_title'), make('p', {}, say('clouds_what')), list);
};
