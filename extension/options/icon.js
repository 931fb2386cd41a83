/** The drawings of these pages: strokes on a 20 × 20 field. */

const SVG = 'http://www.w3.org/2000/svg';

const paths = {
	person: ['M10 3.3a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4z', 'M4 16.8c0-3.3 2.7-5.1 6-5.1s6 1.8 6 5.1'],
	people: ['M7.5 4.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z', 'M2.5 16c0-3 2.2-4.7 5-4.7s5 1.7 5 4.7M12.5 4.5a2.6 2.6 0 0 1 0 5M14.5 11.7c1.9.6 3 2.1 3 4.3'],
	sun: ['M10 6.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4z', 'M10 2.8v1.6M10 15.6v1.6M2.8 10h1.6M15.6 10h1.6M4.9 4.9 6 6M14 14l1.1 1.1M15.1 4.9 14 6M6 14l-1.1 1.1'],
	globe: ['M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14z', 'M3 10h14M10 3c2.5 2 3.3 4.5 3.3 7s-.8 5-3.3 7c-2.5-2-3.3-4.5-3.3-7S7.5 5 10 3'],
	store: ['M4 5.2c0-1.3 2.7-2.4 6-2.4s6 1.1 6 2.4-2.7 2.4-6 2.4-6-1.1-6-2.4z', 'M4 5.2v9.6c0 1.3 2.7 2.4 6 2.4s6-1.1 6-2.4V5.2M4 10c0 1.3 2.7 2.4 6 2.4s6-1.1 6-2.4'],
	shield: ['M10 2.8c2 1.5 4.2 2 6.2 2.1v5c0 3.8-2.6 6-6.2 7.3-3.6-1.3-6.2-3.5-6.2-7.3v-5c2-.1 4.2-.6 6.2-2.1z'],
	about: ['M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14z', 'M10 9.4v4.4M10 6.6h.01'],
	lock: ['M6.3 8.5h7.4a1.8 1.8 0 0 1 1.8 1.8v4.9a1.8 1.8 0 0 1-1.8 1.8H6.3a1.8 1.8 0 0 1-1.8-1.8v-4.9a1.8 1.8 0 0 1 1.8-1.8z', 'M7 8.3V6a3 3 0 0 1 6 0v2.3'],
	add: ['M10 4v12M4 10h12'],
	pencil: ['m12.5 4.5 3 3L7 16l-3.7.7L4 13z'],
	bin: ['M4 5.5h12M8 5.5V4h4v1.500M5.500 5.500 6.300 16h7.400l.8-10.500M8.500 8.500v4.500M11.500 8.500v4.500'],
	out: ['M10 12V3M6.5 6.2 10 2.8l3.5 3.4', 'M3.5 11.500v3.500a2 2 0 0 0 2 2h9a2 2 0 0 0 2-2v-3.500'],
	check: ['m4 10.5 4 4 8-9'],
	cross: ['m5 5 10 10M15 5 5 15'],
	eye: ['M2.5 10S5.500 5 10 5s7.500 5 7.500 5-3 5-7.500 5-7.500-5-7.500-5z', 'M10 7.600a2.400 2.400 0 1 1 0 4.800 2.400 2.400 0 0 1 0-4.800z'],
	flow: ['M4.200 3h3.600A1.200 1.200 0 0 1 9 4.200v2.600A1.200 1.200 0 0 1 7.800 8H4.200A1.200 1.200 0 0 1 3 6.800V4.200A1.200 1.200 0 0 1 4.200 3zM12.200 12h3.600a1.200 1.200 0 0 1 1.200 1.200v2.600a1.200 1.200 0 0 1-1.200 1.200h-3.600a1.200 1.200 0 0 1-1.200-1.200v-2.600a1.200 1.200 0 0 1 1.200-1.200z', 'M6 8v4.500a2 2 0 0 0 2 2h3'],
	change: ['M3.5 7h12M12.500 4l3 3-3 3', 'M16.500 13h-12M7.500 10.200 4.500 13l3 3'],
	mail: ['M4 4.500h12A1.500 1.500 0 0 1 17.500 6v8a1.500 1.500 0 0 1-1.500 1.500H4A1.500 1.500 0 0 1 2.500 14V6A1.500 1.500 0 0 1 4 4.500z', 'm3 6 7 5 7-5'],
	table: ['M4.500 4h11A1.500 1.500 0 0 1 17 5.500v9a1.500 1.500 0 0 1-1.500 1.500h-11A1.500 1.500 0 0 1 3 14.500v-9A1.500 1.500 0 0 1 4.500 4z', 'M3 8h14M3 12h14M8 4v12'],
	unknown: ['M7 7.300C7 5.500 8.300 4.400 10 4.400s3 1.100 3 2.700c0 2-2.600 2.300-2.800 4.200M10.100 14.600h.01'],
};

/** @typedef {keyof typeof paths} Name */

/** @param {string} name @param {Record<string, string>} attributes @param {Node[]} children */
const drawn = (name, attributes, ...children) => {
	const element = document.createElementNS(SVG, name);
	for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
	element.append(...children);
	return element;
};

/** @param {Name} name */
export const icon = (name) => drawn('svg', { viewBox: '0 0 20 20', class: 'icon', 'aria-hidden': 'true' }, ...paths[name].map((d) => drawn('path', { d })));

/** The lens itself. */
export const logo = () =>
	drawn(
		'svg',
		{ viewBox: '0 0 32 32', class: 'logo', 'aria-hidden': 'true' },
		drawn('path', { d: 'M21.5 21.5 28 28', 'stroke-width': '4.5' }),
		drawn('circle', { cx: '13', cy: '13', r: '10.25', 'stroke-width': '3' }),
		drawn('path', { d: 'M9.5 13h7', 'stroke-width': '2' }),
		drawn('circle', { cx: '8.9', cy: '13', r: '2.6', class: 'plug' }),
		drawn('circle', { cx: '17.1', cy: '13', r: '3.1', class: 'plug other' }),
	);
