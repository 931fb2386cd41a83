// Names come from strangers. The overlay's stylesheet is fixed and names are values of attributes: no name may stand in a selector, a stylesheet or markup.
// So there is nothing to escape, and these tests hold that it stays so.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';

const folder = new URL('../content/', import.meta.url);
const source = (name) => readFileSync(new URL(name, folder), 'utf8');
const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));

/** Calls that take a selector, with what they are given. */
const CALLS = /\.(?:querySelector(?:All)?|closest|matches|getElementsBy\w+)\(([^()]*(?:\([^()]*\))?[^()]*)\)/g;
/** A literal, or constants: in capitals, alone or put into a literal. */
const FIXED = /^(?:'[^'$]*'|[A-Z_]+|`(?:[^`$]|\$\{[A-Z_]+\})*`)$/;
/** bridge.js counts elements by a list of its own, selector by selector. */
const LISTED = 'selector';

test('every selector is fixed when it is written', () => {
	let seen = 0;
	for (const name of scripts) {
		for (const [call, argument] of source(name).matchAll(CALLS)) {
			seen += 1;
			const isListed = name === 'bridge.js' && argument === LISTED && /COUNTED\.map\(\(selector\)/.test(source(name));
			assert.ok(FIXED.test(argument) || isListed, `${name}: ${call}`);
		}
	}
	assert.ok(seen > 20, `${seen} were found`);
	for (const bad of ['`[data-id="${id}"]`', 'id', '"#" + id', '`.${name}`']) assert.ok(!FIXED.test(bad), bad);
});

test('no script writes a stylesheet or markup', () => {
	for (const name of scripts) {
		const text = source(name).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
		for (const word of ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'insertRule', 'addRule', 'cssText', 'DOMParser', 'adoptNode', "createElement('style')", 'setHTML']) {
			assert.ok(!text.includes(word), `${name} uses ${word}`);
		}
		// The bar's look goes into its closed shadow root, whole and as it stands.
		for (const [call] of text.matchAll(/\.replace(?:Sync)?\(\w*[^)]*\)/g)) if (call.includes('replaceSync')) assert.match(call, /^\.replaceSync\([\w.]+\)$/, name);
	}
});

// ---- the same, played ----

/** What the scripts may look for. Another selector is a finding. */
const KNOWN = {
	'[id^="msla-node-"]': (element) => element.id.startsWith('msla-node-'),
	':scope > :not(.react-flow__handle)': () => false,
	'[data-connection-lens]': (element) => element.attributes.has('data-connection-lens'),
	'[data-connection-lens-row]': (element) => element.attributes.has('data-connection-lens-row'),
	'[data-connection-lens-here]': (element) => element.attributes.has('data-connection-lens-here'),
	'[data-connection-lens], [data-connection-lens-here]': (element) => element.attributes.has('data-connection-lens'),
	'.react-flow__node[data-id]': (element) => element.className === 'react-flow__node',
	'.react-flow__viewport': () => false,
	'.msla-card': () => false,
	'[role="row"], [role="listitem"], [role="option"], li, tr, [data-list-index]': (element) => element.getAttribute('role') === 'row',
	a: () => false,
};
const known = (selector) => {
	assert.ok(Object.hasOwn(KNOWN, selector), `a selector of another make: ${selector}`);
	return KNOWN[selector];
};

class Element {
	attributes = new Map();
	children = [];
	parentElement = null;
	className = '';
	id = '';
	textContent = '';
	classList = { contains: () => false };
	isConnected = true;
	constructor(children = []) {
		for (const child of children) this.add(child);
	}
	add(child) {
		child.parentElement = this;
		this.children.push(child);
		return this;
	}
	*[Symbol.iterator]() {
		for (const child of this.children) {
			yield child;
			yield* child;
		}
	}
	getAttribute(name) {
		return this.attributes.get(name) ?? null;
	}
	setAttribute(name, value) {
		this.attributes.set(name, String(value));
	}
	removeAttribute(name) {
		this.attributes.delete(name);
	}
	toggleAttribute(name, on) {
		if (on) this.setAttribute(name, '');
		else this.removeAttribute(name);
	}
	querySelectorAll(selector) {
		return [...this].filter(known(selector));
	}
	querySelector(selector) {
		return this.querySelectorAll(selector)[0] ?? null;
	}
	matches(selector) {
		return known(selector)(this);
	}
	closest(selector) {
		return this.matches(selector) ? this : (this.parentElement?.closest(selector) ?? null);
	}
	contains(other) {
		return other === this || [...this].includes(other);
	}
	getElementsByTagName(name) {
		assert.equal(name, '*');
		return [...this];
	}
}

/** Names that try what selectors, stylesheets and markup are made of; some are names of everything that an object brings along. */
const NAMES = [
	'Send', '"]{}*{display:none}', "'] , * , ['", '\\', '\\"', ']', '#id .class > *', '</style><script>alert(1)</script>', '<img src=x onerror=alert(1)>', '\n}\nbody{}', '\u0000', '\u202egnihton',
	'*/', 'url(https://evil.example)', '@import "https://evil.example"', 'expression(alert(1))', '${SECRET}', '%22%5D', '[data-id="Send"]', ':scope', ':not(*)', '__proto__', 'constructor', 'toString', 'é 😀 \ud800', '-#scope',
];

/** The scripts in a world of their own, with a document made of these elements. */
const play = (name, elements) => {
	const canvas = new Element(elements);
	canvas.className = 'react-flow';
	const root = new Element([canvas]);
	const document = {
		documentElement: root, body: root, addEventListener() {},
		getElementsByClassName: (name) => (name === 'react-flow' ? [canvas] : [...root].filter((element) => element.className === name)),
		querySelectorAll: (selector) => root.querySelectorAll(selector),
		querySelector: (selector) => root.querySelector(selector),
	};
	const context = vm.createContext({
		document, Element, HTMLElement: Element, setTimeout: () => 0, clearTimeout() {},
		MutationObserver: class { observe() {} disconnect() {} },
		matchMedia: () => ({ matches: false, addEventListener() {}, removeEventListener() {} }),
		getComputedStyle: () => ({ backgroundColor: 'rgb(255, 255, 255)', colorScheme: '', overflowY: '' }),
		words: { text: ({ args = [] }) => args.join(' ') },
	});
	for (const script of ['classic', name]) vm.runInContext(source(`${script}.js`), context, { filename: script });
	return { script: vm.runInContext(name, context), root };
};

test('a hostile name marks its own card and says itself, as a value', () => {
	const cards = NAMES.map((name) => {
		const card = new Element();
		card.id = `msla-node-${name}`;
		const node = new Element([card]);
		node.className = 'react-flow__node';
		node.setAttribute('data-id', name);
		return { name, node, card };
	});
	const { script: painter, root } = play('painter', cards.map(({ node }) => node));
	const entries = NAMES.map((name) => [name, { style: 'mismatch', label: { key: 'mark_name', args: [name] }, initials: name, listed: true }]);
	// As it comes out of a message: `__proto__` is a key like any other.
	const marks = JSON.parse(`{${entries.map(([name, mark]) => `${JSON.stringify(name)}:${JSON.stringify(mark)}`).join(',')}}`);
	painter.start(() => {});
	painter.draw({ bar: { flow: '"]' }, marks, highlight: true, owners: true });
	for (const { name, card } of cards) {
		// A scope's header is the header of what stands before its mark.
		if (name.endsWith('-#scope')) continue;
		assert.equal(card.getAttribute('data-connection-lens'), 'mismatch', name);
		assert.equal(card.getAttribute('data-connection-lens-label'), name);
		assert.equal(painter.card(name), card, name);
	}
	const allowed = /^data-(?:id|connection-lens(?:-(?:label|short|highlight|owners|here|dark|far))?)$/;
	for (const element of [root, ...root]) for (const attribute of element.attributes.keys()) assert.match(attribute, allowed);
	painter.draw({ bar: { flow: '"]' }, marks: { Send: { style: '"]{}', label: { key: 'x' }, initials: '', listed: true } } });
	assert.ok([...root].every((element) => !element.attributes.has('data-connection-lens')), 'a look that isn’t ours is none');
	painter.stop();
	assert.equal([root, ...root].flatMap((element) => [...element.attributes.keys()]).filter((name) => name !== 'data-id').length, 0, 'no trace is left');
});

test('a connection’s hostile id finds its own row only', () => {
	const ids = ['.*', '(a+)+$', '[', '\\', '|', 'x|y', '"]', '^', '{2}', '0123456789abcdef0123456789abcdef', ...NAMES].map((id) => `${id} 0123456789abcdef`);
	const row = (value) => {
		const element = new Element();
		element.setAttribute('role', 'row');
		element.setAttribute('data-key', value);
		// Attributes are listed as a document lists them.
		const { attributes } = element;
		attributes[Symbol.iterator] = () => [...Map.prototype.entries.call(attributes)].map(([name, value]) => ({ name, value }))[Symbol.iterator]();
		return element;
	};
	const [stranger, ...elements] = ['a stranger of sixteen signs', ...ids].map(row);
	const { script: rows } = play('rows', [stranger, ...elements]);
	const wanted = ids.map((id) => [id, { style: 'used', label: { key: 'row', args: [id] }, name: '', connector: '' }]);
	rows.start(() => {});
	rows.draw({ rows: Object.fromEntries(wanted) });
	assert.equal(stranger.getAttribute('data-connection-lens-row'), null);
	for (const [index, element] of elements.entries()) assert.equal(element.getAttribute('data-connection-lens-label'), ids[index]);
});
