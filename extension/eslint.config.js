// What the checker holds. The bans are promises of docs/TRUST.md: which file may speak to whom, and what the page could bend.
const readonly = (...names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

const rules = {
	'array-callback-return': 'error',
	'consistent-return': 'off',
	eqeqeq: 'error',
	'no-constant-condition': 'error',
	'no-dupe-keys': 'error',
	'no-duplicate-case': 'error',
	'no-empty': ['error', { allowEmptyCatch: false }],
	'no-eval': 'error',
	'no-fallthrough': 'error',
	'no-implied-eval': 'error',
	'no-new-func': 'error',
	'no-redeclare': 'error',
	'no-self-assign': 'error',
	'no-shadow-restricted-names': 'error',
	'no-undef': 'error',
	'no-unreachable': 'error',
	'no-unused-vars': ['error', { varsIgnorePattern: '^(?:words|door|bridge|classic|painter|rows|reveal|barLook|bar)$' }],
	'no-var': 'error',
	'object-shorthand': 'error',
	'prefer-const': 'error',
	'valid-typeof': 'error',
};

const noImport = { selector: 'ImportExpression', message: 'What ships is what is read.' };

/** Nobody but page.js speaks to a server. */
const noNetwork = {
	'no-restricted-globals': ['error', 'fetch', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'RTCPeerConnection', 'Worker', 'SharedWorker', 'localStorage', 'sessionStorage', 'indexedDB', 'eval', 'Function'],
	'no-restricted-properties': [
		'error',
		...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'].flatMap((property) => ['window', 'globalThis', 'self'].map((object) => ({ object, property }))),
		...['sendBeacon', 'innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'write', 'writeln', 'localStorage', 'sessionStorage', 'createContextualFragment', 'srcdoc'].map((property) => ({ property })),
	],
	'no-restricted-syntax': ['error', noImport],
};

/**
 * Whatever loads something, or sends something off, by an element. In the page's world and beside it no policy of the extension's holds: the portal's own would
 * let such a thing go wherever the portal goes.
 */
const noLoading = [
	['AssignmentExpression[left.property.name=/^(?:src|srcset|href|action|formAction|data|poster|background|cssText)$/]', 'could load something'],
	['CallExpression[callee.property.name=/^setAttribute(?:NS)?$/] > Literal[value=/^(?:src|srcset|href|xlink:href|action|formaction|data|poster|style|on[a-z]+)$/i]', 'could load or run something'],
	// Under whatever name elements are made: the first argument tells which.
	['CallExpression > Literal.arguments:first-child[value=/^(?:area|audio|base|embed|form|frame|iframe|image|img|input|link|meta|object|script|source|style|track|use|video)$/i]', 'is an element that could load or send something'],
	['CallExpression[callee.property.name=/^(?:submit|requestSubmit)$/]', 'sends something off'],
	['CallExpression[callee.object.name=/^(?:window|globalThis|document|location)$/][callee.property.name=/^(?:open|assign|replace)$/]', 'goes somewhere else'],
	['NewExpression[callee.name=/^(?:Audio|FontFace|Image)$/]', 'loads something'],
	['Literal[value=/(?:url|image-set)\\(|@import/i]', 'loads something'],
	['TemplateElement[value.raw=/(?:url|image-set)\\(|@import/i]', 'loads something'],
].map(([selector, reason]) => ({ selector, message: `${reason}: nothing but page.js's one GET does.` }));

/** In the page's world these ask the page's own prototypes. */
const noPagePrototypes = [
	['ForOfStatement', 'asks Array.prototype[Symbol.iterator]'],
	['ForInStatement', 'lists what Object.prototype was given'],
	['SpreadElement', 'asks Array.prototype[Symbol.iterator]'],
	['ArrayPattern', 'asks Array.prototype[Symbol.iterator]'],
	['RestElement', 'is not needed here'],
	['MemberExpression[property.name=/^(?:push|map|filter|forEach|then|test|match|replace|split|includes|startsWith|endsWith|trim)$/]', 'is a method of a prototype that the page can change: take it at the start'],
].map(([selector, reason]) => ({ selector, message: `${reason}.` }));

const page = readonly(
	'AbortSignal', 'DOMException', 'Document', 'Event', 'EventTarget', 'Headers', 'JSON', 'Map', 'MessageEvent', 'MessagePort', 'MutationObserver', 'Node', 'Promise', 'Request', 'Response', 'URL',
	'XMLHttpRequest', 'document', 'globalThis', 'window',
);
const content = readonly(
	'CSSStyleSheet', 'DOMRect', 'Element', 'HTMLElement', 'InputEvent', 'Intl', 'MessageChannel', 'MessageEvent', 'MutationObserver', 'ResizeObserver', 'URL', 'URLSearchParams', 'chrome', 'clearTimeout', 'crypto', 'document', 'getComputedStyle',
	'innerHeight', 'innerWidth', 'location', 'matchMedia', 'requestAnimationFrame', 'setTimeout', 'window', 'words', 'door', 'bridge', 'classic', 'painter', 'rows', 'reveal', 'barLook', 'bar',
);
const worker = readonly('TextEncoder', 'URL', 'WebAssembly', 'chrome', 'console', 'setTimeout');

export default [
	{ ignores: ['node_modules/**', 'wasm/**'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{ files: ['page.js'], languageOptions: { sourceType: 'script', globals: page }, rules: { ...rules, 'no-restricted-syntax': ['error', noImport, ...noLoading, ...noPagePrototypes] } },
	{
		files: ['designer.js'],
		languageOptions: { sourceType: 'script', globals: page },
		rules: { ...rules, ...noNetwork, 'no-restricted-syntax': ['error', noImport, ...noLoading, ...noPagePrototypes] },
	},
	{ files: ['content/*.js'], languageOptions: { sourceType: 'script', globals: content }, rules: { ...rules, ...noNetwork, 'no-redeclare': ['error', { builtinGlobals: false }], 'no-restricted-syntax': ['error', noImport, ...noLoading] } },
	{ files: ['background.js', 'background/*.js'], languageOptions: { sourceType: 'module', globals: worker }, rules: { ...rules, ...noNetwork } },
	{
		files: ['options/*.js', 'first-run/*.js', 'panel/*.js', 'sweep/*.js'],
		languageOptions: { sourceType: 'module', globals: readonly('Blob', 'WebAssembly', 'addEventListener', 'HTMLInputElement', 'Intl', 'TextEncoder', 'URL', 'chrome', 'console', 'document', 'location', 'navigator', 'setTimeout') },
		rules: { ...rules, ...noNetwork },
	},
	{ files: ['tests/*.js', 'eslint.config.js'], languageOptions: { sourceType: 'module', globals: readonly('AbortSignal', 'Buffer', 'DOMException', 'Event', 'Headers', 'Request', 'Response', 'TextEncoder', 'URL', 'URLSearchParams', 'WebAssembly', 'atob', 'console', 'crypto', 'globalThis', 'process', 'setImmediate', 'setTimeout', 'structuredClone') }, rules },
];
