/**
 * Connection Lens, inside the page (world MAIN): listens to what Power Automate loads, and makes a closed set of GETs.
 *
 * This is the only file that sees a sign-in token. It keeps it in this closure, for the exact origin and first path segment that the page used it on,
 * and uses it for one thing: `request()`, for what a flow lacks and for a sweep. Of the token's claims it tells two, the object id and the tenant id. It decides nothing else.
 *
 * Everything the page could bend later (built-ins, prototypes) is taken here, before any script of the page runs, and called through `Reflect.apply`.
 */
(() => {
	'use strict';
	// Scripts of the page were here first: then there is nothing to be had that could be relied on. Firefox comes late to tabs that stood open before an install.
	if (globalThis.document.readyState !== 'loading') return;
	const { apply, defineProperty, ownKeys, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
	const { parse } = JSON;
	const { now } = Date;
	const { URL, Map, WeakMap, Promise, Headers, Request, MessageEvent, document, window } = globalThis;
	const decode = globalThis.atob;
	const later = globalThis.setTimeout;
	const pageFetch = globalThis.fetch;
	const { AbortSignal } = globalThis;
	const timeoutSignal = AbortSignal.timeout;
	/** @param {number} milliseconds @returns {AbortSignal} */
	const timeout = (milliseconds) => apply(timeoutSignal, AbortSignal, [milliseconds]);

	/** A method of a prototype as a function, safe from later changes. @type {(holder: object, name: string) => (self: unknown, ...values: any[]) => any} */
	const method = (holder, name) => {
		const own = getOwnPropertyDescriptor(holder, name)?.value;
		return (self, a, b, c) => apply(own, self, [a, b, c]);
	};
	/** A getter of a prototype, likewise. @type {(holder: object, name: string) => (self: unknown) => any} */
	const getter = (holder, name) => {
		const own = /** @type {Function} */ (getOwnPropertyDescriptor(holder, name)?.get);
		return (self) => apply(own, self, []);
	};
	const exec = method(RegExp.prototype, 'exec');
	const slice = method(String.prototype, 'slice');
	const indexOf = method(String.prototype, 'indexOf');
	const lower = method(String.prototype, 'toLowerCase');
	const upper = method(String.prototype, 'toUpperCase');
	const mapGet = method(Map.prototype, 'get');
	const mapSet = method(Map.prototype, 'set');
	const mapDelete = method(Map.prototype, 'delete');
	const weakGet = method(WeakMap.prototype, 'get');
	const weakSet = method(WeakMap.prototype, 'set');
	const then = method(Promise.prototype, 'then');
	const listen = method(EventTarget.prototype, 'addEventListener');
	const unlisten = method(EventTarget.prototype, 'removeEventListener');
	const dispatch = method(EventTarget.prototype, 'dispatchEvent');
	const stopEvent = method(Event.prototype, 'stopImmediatePropagation');
	const preventDefault = method(Event.prototype, 'preventDefault');
	const portsOf = getter(MessageEvent.prototype, 'ports');
	// Read through the page's own getter, an event of the port would hand the port over as its target.
	const dataOf = getter(MessageEvent.prototype, 'data');
	const postTo = method(MessagePort.prototype, 'postMessage');
	const startPort = method(MessagePort.prototype, 'start');
	const closePort = method(MessagePort.prototype, 'close');
	const hrefOf = getter(URL.prototype, 'href');
	const originOf = getter(URL.prototype, 'origin');
	const hostOf = getter(URL.prototype, 'hostname');
	const pathOf = getter(URL.prototype, 'pathname');
	const baseOf = getter(Node.prototype, 'baseURI');
	const headersOf = getter(Request.prototype, 'headers');
	const requestUrl = getter(Request.prototype, 'url');
	const requestMethod = getter(Request.prototype, 'method');
	const getHeader = method(Headers.prototype, 'get');
	const answerStatus = getter(Response.prototype, 'status');
	const answerHeaders = getter(Response.prototype, 'headers');
	const answerClone = method(Response.prototype, 'clone');
	const answerText = method(Response.prototype, 'text');
	const exceptionName = getter(DOMException.prototype, 'name');
	const xhr = XMLHttpRequest.prototype;
	const xhrOpen = xhr.open;
	const xhrHeader = xhr.setRequestHeader;
	const xhrSend = xhr.send;
	const xhrStatus = getter(xhr, 'status');
	const xhrType = getter(xhr, 'responseType');
	const xhrText = getter(xhr, 'responseText');
	const xhrAnswer = getter(xhr, 'response');
	const xhrAnswerHeaders = method(xhr, 'getAllResponseHeaders');
	const { stringify } = JSON;

	/**
	 * A promise of ours, for `await` and `then`: they ask for its constructor, which is to be had without the page's getter; and where that isn't the browser's,
	 * `await` calls the page's `then`, which could put another value in its place.
	 * @template T @param {Promise<T>} promise @returns {Promise<T>}
	 */
	const own = (promise) => {
		defineProperty(promise, 'constructor', /** @type {PropertyDescriptor} */ ({ __proto__: null, value: Promise }));
		return promise;
	};

	/** The longest text that crosses, in UTF-16 units; the core reads no more either. */
	const MOST = 16 * 1024 * 1024;
	/** Of an error only its code and message are read. */
	const MOST_OF_ERROR = 64 * 1024;
	/** How long an ask may wait for the page to use a token, and a GET for its answer, in milliseconds. */
	const PATIENCE = 30_000;
	/** Of one list: one that goes on for ever isn't followed for ever. */
	const MOST_PAGES = 10;
	const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
	const ENVIRONMENT = /^(?:default-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

	/** Every `from` becomes `to`. (`replaceAll` would ask `String.prototype` how, and that is the page's.) @param {string} text @param {string} from @param {string} to */
	const swap = (text, from, to) => {
		let swapped = '';
		for (let i = 0; i < text.length; i += 1) swapped += text[i] === from ? to : text[i];
		return swapped;
	};

	/** Our own mistakes never reach the page. @param {() => void} work */
	const quietly = (work) => {
		try {
			work();
		} catch {
			// Nothing to do: the page's request went its way.
		}
	};

	// ---- the door: a private port, handed over before any script of the page runs ----

	/** @type {MessagePort | null} */
	let port = null;
	let stopped = false;
	const DOOR = 'connection-lens:page';

	/** @param {Record<string, unknown>} message */
	const post = (message) => {
		if (port && !stopped) postTo(port, message);
	};

	/** @param {Event} event */
	const enter = (event) => {
		stopEvent(event);
		preventDefault(event);
		shutDoor();
		const given = portsOf(event)[0];
		port = given;
		// Code of the page that ran meanwhile would find the port at `window.event`: none does. (A timer before it would make hidden tabs slow.)
		listen(given, 'message', (/** @type {Event} */ message) => quietly(() => obey(dataOf(message))));
		startPort(given);
	};
	// The parser runs microtasks before it runs a script: the observer closes the door when the first element after <html> comes.
	const watch = new MutationObserver(() => shutDoor());
	const shutDoor = () => {
		unlisten(window, DOOR, enter, true);
		watch.disconnect();
	};
	listen(window, DOOR, enter, true);
	watch.observe(document, { __proto__: null, childList: true, subtree: true });
	// The other side may have been here first; it listens for this, hands the port over, and nobody else is there to hear.
	dispatch(window, new Event(`${DOOR}?`, { __proto__: null, cancelable: true }));

	// ---- which addresses matter ----

	/** The services of the public cloud, then those of the separate ones: flows and connections; an environment's own host; Dataverse. */
	const API_HOST =
		/^(?:(?:[a-z0-9-]+\.)?api\.(?:flow\.microsoft|powerapps)\.com|(?:gov|high)\.api\.(?:flow\.microsoft|powerapps)\.us|api\.(?:flow|apps)\.appsplatform\.us|api\.(?:powerautomate|powerapps)\.cn|[0-9a-z-]+\.[0-9a-z]{2}\.environment\.api\.(?:powerplatform\.com|(?:gov|high)\.powerplatform\.microsoft\.us|appsplatform\.us|powerplatform\.partner\.microsoftonline\.cn)|[a-z0-9-]+\.(?:api\.)?crm[0-9]*\.(?:dynamics\.com|microsoftdynamics\.us|appsplatform\.us|dynamics\.cn))$/;
	/** Dataverse is listened to only. */
	const NEVER_ASKED = /\.crm[0-9]*\.[a-z.]+$/;
	/** Flows and what lies under them; connections and single ones; two tables of Dataverse; the list of environments. */
	const WATCHED = /\/flows(?:\/|$)|\/connections(?:\/[^/]+)?\/?$|\/(?:connectionreferences|workflows)(?:\(|$)|^\/providers\/microsoft\.(?:processsimple|powerapps)\/environments\/?$/i;
	/** Under a flow too, but not about its connections: what ran, and addresses that are secrets (`triggers/manual/listCallbackUrl`, consent links). */
	const UNWATCHED = /\/(?:runs|triggers|histories|repetitions|list[a-z]+|[a-z]*consent[a-z]*)(?:\/|$)/i;

	/**
	 * @typedef {{ __proto__?: null, href: string, origin: string, path: string, service: string }} Address
	 * `service`: origin and first path segment: `/powerautomate/…` and `/connectivity/…` of one host take different tokens.
	 */

	/** The address of an API host; null for all others. @param {unknown} given @returns {Address | null} */
	const apiAddress = (given) => {
		const url = typeof given === 'string' ? new URL(given, baseOf(document)) : given;
		const href = hrefOf(url); // throws for whatever is no URL
		if (slice(href, 0, 8) !== 'https://' || !exec(API_HOST, hostOf(url))) return null;
		const path = pathOf(url);
		const end = indexOf(path, '/', 1);
		const segment = end < 0 ? path : slice(path, 0, end);
		return { __proto__: null, href, origin: originOf(url), path, service: originOf(url) + lower(segment) };
	};
	/** @param {Address} address */
	const isWatched = (address) => exec(WATCHED, address.path) !== null && exec(UNWATCHED, address.path) === null;

	// ---- what the page loads ----

	/** Service → the Authorization value that the page used on it. Never leaves this closure but as a header to the same service. @type {Map<string, string>} */
	const tokens = new Map();
	/** The origin of the older flow API, if the page used it. */
	let legacy = '';
	/** Origin and path → how often the page has it under way, and the number of the answer told last. @type {Map<string, { under: number, told: number }>} */
	const loads = new Map();
	let told = 0;
	let signedIn = '';

	/** A request of the page starts. @param {Address} address @param {string} token */
	const keep = (address, token) => {
		if (exec(/^\/providers\/microsoft\.processsimple\//i, address.path)) legacy = address.origin;
		if (!exec(/^bearer [\w.~+/=-]+$/i, token)) return;
		const known = mapGet(tokens, address.service) === token;
		if (!exec(NEVER_ASKED, address.origin)) mapSet(tokens, address.service, token);
		if (!known) quietly(() => tellWho(token));
	};

	/** A token that the service no longer takes is forgotten; the page soon uses a new one. @param {Address} address @param {string} token */
	const refused = (address, token) => {
		if (mapGet(tokens, address.service) === token) mapDelete(tokens, address.service);
	};

	/** Tells the object id and the tenant id of the token's claims: whose list we see decides what its rows may mean. @param {string} token */
	const tellWho = (token) => {
		const from = indexOf(token, '.') + 1;
		const to = indexOf(token, '.', from);
		if (from === 0 || to < 0) return;
		const claims = parse(decode(swap(swap(slice(token, from, to), '-', '+'), '_', '/')));
		const account = ownText(claims, 'oid');
		const tenant = ownText(claims, 'tid');
		if (!exec(GUID, account) || !exec(GUID, tenant) || signedIn === account + tenant) return;
		signedIn = account + tenant;
		post({ __proto__: null, kind: 'signed_in', account, tenant });
	};

	/** @param {unknown} holder @param {string} name */
	const ownText = (holder, name) => {
		const value = typeof holder === 'object' && holder !== null ? getOwnPropertyDescriptor(holder, name)?.value : undefined;
		return typeof value === 'string' ? value : '';
	};

	/** @param {Address} address */
	const placeOf = (address) => address.origin + lower(address.path);
	/** @param {Address} address @param {number} more @param {number} [number] the answer's, where it is one to rely on */
	const count = (address, more, number = 0) => {
		const place = placeOf(address);
		const load = mapGet(loads, place) ?? { __proto__: null, under: 0, told: 0 };
		load.under += more;
		if (number > 0) load.told = number;
		mapSet(loads, place, load);
	};

	/**
	 * An answer came, to the page or to us.
	 * @param {string} verb @param {Address} address @param {number} status @param {(name: string) => string | null} header @param {() => string} text @param {boolean} asked
	 */
	const answered = (verb, address, status, header, text, asked) => {
		const isError = status >= 400;
		if (status === 0 || (!isError && !asked && indexOf(header('content-type') ?? '', 'json') < 0)) return;
		const said = text();
		if (!isError && said.length > MOST) {
			const what = whatIs(address);
			if (what) post({ __proto__: null, kind: 'unanswered', ask: what, flow: flowIn(address), why: 'too_large' });
			return;
		}
		const seconds = +(header('retry-after') || 'NaN');
		told += 1;
		if (!asked && verb === 'GET' && status === 200) count(address, 0, told);
		post({
			__proto__: null,
			kind: 'captured',
			number: told,
			method: verb,
			address: address.href,
			status,
			at: now(),
			asked,
			retry_after: seconds >= 0 ? seconds : null,
			text: isError ? slice(said, 0, MOST_OF_ERROR) : said,
		});
	};

	/**
	 * A header of an XMLHttpRequest's answer. Asked for by name, one that the service doesn't expose would put a complaint on the page's console.
	 * @param {string} headers @param {string} name
	 */
	const headerOf = (headers, name) => {
		const at = indexOf(headers, `\r\n${name}:`);
		if (at < 0) return null;
		const from = at + name.length + 3;
		return slice(headers, from, indexOf(headers, '\r\n', from));
	};

	/** @type {WeakMap<XMLHttpRequest, { verb: string, address: Address, token: string }>} */
	const requests = new WeakMap();

	/** @this {XMLHttpRequest} */
	function finished() {
		quietly(() => {
			const request = weakGet(requests, this);
			if (!request || stopped) return;
			const { verb, address } = request;
			const status = xhrStatus(this);
			count(address, -1);
			if (status === 401) refused(address, request.token);
			const type = xhrType(this);
			if (type !== '' && type !== 'text' && type !== 'json') return;
			const headers = `\r\n${xhrAnswerHeaders(this)}`;
			answered(verb, address, status, (name) => headerOf(headers, name), () => (type === 'json' ? stringify(xhrAnswer(this)) : xhrText(this)), false);
		});
	}

	// Written as methods, so that they have the name and the length of what they stand for, and aren't constructors.
	const wrapped = {
		/** @this {XMLHttpRequest} @param {string} verb @param {string | URL} url */
		open(verb, url) {
			apply(xhrOpen, this, arguments);
			quietly(() => {
				const address = apiAddress(url);
				weakSet(requests, this, address ? { __proto__: null, verb: upper(verb), address, token: '' } : undefined);
			});
		},
		/** @this {XMLHttpRequest} @param {string} name @param {string} value */
		setRequestHeader(name, value) {
			apply(xhrHeader, this, arguments);
			quietly(() => {
				const request = weakGet(requests, this);
				if (request && lower(name) === 'authorization' && typeof value === 'string') request.token = value;
			});
		},
		/** @this {XMLHttpRequest} */
		send() {
			// Before the request goes: a synchronous one ends inside.
			quietly(() => {
				const request = weakGet(requests, this);
				if (!request || stopped) return;
				keep(request.address, request.token);
				if (!isWatched(request.address)) return;
				listen(this, 'loadend', finished);
				count(request.address, 1);
			});
			apply(xhrSend, this, arguments);
		},
		/** @this {unknown} @param {RequestInfo | URL} input @returns {Promise<Response>} */
		fetch(input) {
			const promise = apply(pageFetch, this, arguments);
			const init = arguments[1];
			quietly(() => observe(promise, input, init));
			return promise;
		},
	};

	/** @param {Promise<Response>} promise @param {unknown} input @param {unknown} init */
	const observe = (promise, input, init) => {
		if (stopped) return;
		const isRequest = typeof input === 'object' && input !== null && getPrototypeOf(input) === Request.prototype;
		const address = apiAddress(isRequest ? requestUrl(input) : input);
		if (!address) return;
		const verb = upper(ownText(init, 'method') || (isRequest ? requestMethod(input) : 'GET'));
		const token = authorization(init) || (isRequest && getHeader(headersOf(input), 'authorization')) || '';
		keep(address, token);
		if (!isWatched(address)) return;
		count(address, 1);
		/** @param {Response} answer */
		const come = (answer) => {
			const status = answerStatus(answer);
			count(address, -1);
			if (status === 401) refused(address, token);
			const copy = answerClone(answer);
			then(answerText(copy), (/** @type {string} */ text) =>
				quietly(() => answered(verb, address, status, (name) => getHeader(answerHeaders(copy), name), () => text, false)), () => {});
		};
		// A request that fails is the page's business. (It counts as seen to the browser: of a failed API call nobody handled, `unhandledrejection` isn't told.)
		then(promise, (/** @type {Response} */ answer) => quietly(() => come(answer)), () => count(address, -1));
	};

	/** The Authorization header of a fetch's options, read without running anything of the page's. @param {unknown} init @returns {string} */
	const authorization = (init) => {
		const headers = typeof init === 'object' && init !== null ? getOwnPropertyDescriptor(init, 'headers')?.value : undefined;
		if (typeof headers !== 'object' || headers === null) return '';
		if (getPrototypeOf(headers) === Headers.prototype) return getHeader(headers, 'authorization') ?? '';
		const names = ownKeys(headers);
		for (let i = 0; i < names.length; i += 1) {
			const name = /** @type {string} */ (names[i]);
			const value = getOwnPropertyDescriptor(headers, name)?.value;
			if (typeof name === 'string' && lower(name) === 'authorization') return ownText(headers, name);
			// A list of pairs.
			if (typeof value === 'object' && value !== null && lower(ownText(value, '0')) === 'authorization') return ownText(value, '1');
		}
		return '';
	};

	xhr.open = wrapped.open;
	xhr.setRequestHeader = wrapped.setRequestHeader;
	xhr.send = wrapped.send;
	globalThis.fetch = wrapped.fetch;

	// ---- what the page is asked to load: a few things, by GET, with the page's own token for just that service ----

	/** Of the cloud that this portal belongs to: what its environments' hosts end in, and its older connections service. @returns {{ __proto__: null, platform: string, apps: string }} */
	const cloudOf = () => {
		const host = hostOf(new URL(baseOf(document)));
		if (exec(/^make\.gov\./, host)) return { __proto__: null, platform: 'gov.powerplatform.microsoft.us', apps: 'gov.api.powerapps.us' };
		if (exec(/^make\.high\./, host)) return { __proto__: null, platform: 'high.powerplatform.microsoft.us', apps: 'high.api.powerapps.us' };
		if (exec(/\.appsplatform\.us$/, host)) return { __proto__: null, platform: 'appsplatform.us', apps: 'api.apps.appsplatform.us' };
		if (exec(/\.cn$/, host)) return { __proto__: null, platform: 'powerplatform.partner.microsoftonline.cn', apps: 'api.powerapps.cn' };
		return { __proto__: null, platform: 'powerplatform.com', apps: 'api.powerapps.com' };
	};
	const cloud = cloudOf();

	/** The closed set. @param {string} what @param {string} environment @param {string} flow @returns {string[]} in order of preference */
	const addressesOf = (what, environment, flow) => {
		const isOfFlow = what === 'flow' || what === 'flow_connections';
		if (!exec(ENVIRONMENT, environment) || !exec(isOfFlow ? GUID : /^(?:[0-9a-f-]{36})?$/i, flow)) return [];
		const plain = lower(swap(environment, '-', ''));
		const host = `https://${slice(plain, 0, -2)}.${slice(plain, -2)}.environment.api.${cloud.platform}`;
		const flows = `${legacy}/providers/Microsoft.ProcessSimple/environments/${environment}/flows`;
		const older = `${flows}/${flow}`;
		const all = 'include=includeSolutionCloudFlows';
		// Whole lists, never appended to: an index that an array doesn't have yet is looked up at the page's prototype.
		switch (what) {
			case 'flow':
				return [`${host}/powerautomate/flows/${flow}?api-version=1&$expand=properties.connectionreferences.apidefinition`, `${older}?api-version=2016-11-01`];
			case 'flow_connections':
				return [`${host}/powerautomate/flows/${flow}/connections?api-version=1`, `${older}/connections?api-version=2016-11-01`];
			case 'connections':
				return [
					`${host}/connectivity/connections?api-version=1`,
					`https://${cloud.apps}/providers/Microsoft.PowerApps/connections?api-version=2016-11-01&$filter=environment%20eq%20%27${environment}%27`,
				];
			case 'flows':
				return [`${host}/powerautomate/flows?api-version=1&$top=50&${all}`, `${flows}?api-version=2016-11-01&$filter=search('personal')&${all}`];
			case 'shared_flows':
				return [`${host}/powerautomate/flows?api-version=1&$top=50&$filter=search('team')&${all}`, `${flows}?api-version=2016-11-01&$filter=search('team')&${all}`];
			default:
				return [];
		}
	};

	/** Which of the first three an address is. @param {Address} address */
	const whatIs = (address) => {
		if (exec(/\/flows\/[0-9a-f-]{36}$/i, address.path)) return 'flow';
		if (exec(/\/flows\/[0-9a-f-]{36}\/connections$/i, address.path)) return 'flow_connections';
		return exec(/\/connections$/i, address.path) ? 'connections' : '';
	};

	/** The flow that an address is about; none where it is about the environment. @param {Address} address */
	const flowIn = (address) => exec(/\/flows\/([0-9a-f-]{36})(?:\/|$)/i, address.path)?.[1] ?? '';

	/** What is asked for → the number of the last answer that the core knew when it asked last. @type {Map<string, number>} */
	const asksUnderWay = new Map();

	/** @param {any} ask */
	const answerAsk = (ask) => {
		const what = ownText(ask, 'what');
		const environment = ownText(ask, 'environment');
		const flow = ownText(ask, 'flow');
		const after = +(getOwnPropertyDescriptor(ask, 'after')?.value ?? 0);
		const key = `${what} ${environment} ${flow}`;
		if (addressesOf(what, environment, flow).length === 0) return;
		const number = getOwnPropertyDescriptor(ask, 'number')?.value;
		if (typeof number === 'number') return sweep(ask, number, what, environment, flow, after > 0 ? after : 0);
		if (what === 'flows' || what === 'shared_flows' || !exec(GUID, flow)) return;
		const isUnderWay = mapGet(asksUnderWay, key) !== undefined;
		// Asked again meanwhile: the core has seen what the page loaded since, and wants it anew.
		mapSet(asksUnderWay, key, +(getOwnPropertyDescriptor(ask, 'seen')?.value ?? 0));
		if (isUnderWay) return;
		const until = now() + (after > 0 ? after : 0) + PATIENCE;
		const done = () => mapDelete(asksUnderWay, key);
		const look = () => {
			if (stopped) return done();
			// Anew each time: which service of the older kind the page uses may show only while this waits.
			const next = choose(addressesOf(what, environment, flow), mapGet(asksUnderWay, key) ?? 0);
			// The page did it by itself, and the core didn't know yet when it asked.
			if (next === 'loaded') return done();
			const isOver = now() >= until;
			if (next && (isOver || !next.under)) {
				then(own(get(next.address, next.token, what, flow)), done, done);
			} else if (isOver) {
				done();
				post({ __proto__: null, kind: 'unanswered', ask: what, flow, why: 'no_token' });
			} else {
				later(look, 250);
			}
		};
		later(look, after > 0 ? after : 0);
	};

	/** The first address that the page has used a token for. @param {string[]} addresses @param {number} seen the number of the last answer that the core knew */
	const choose = (addresses, seen) => {
		let chosen = null;
		for (let i = 0; i < addresses.length; i += 1) {
			const address = exec(/^https:/, addresses[i]) ? apiAddress(addresses[i]) : null;
			const load = address && mapGet(loads, placeOf(address));
			if (load && load.told > seen) return 'loaded';
			const token = address && mapGet(tokens, address.service);
			if (token && !chosen) chosen = { __proto__: null, address, token, under: load ? load.under > 0 : false };
		}
		return chosen;
	};

	/** @typedef {{ __proto__: null, why: string, status: number, text: string, header: (name: string) => string | null }} Got `why` there was no answer; empty where there was */

	/** The one place that makes a request: a GET of the closed set, to where the page sent this very token. @param {Address} address @param {string} token @returns {Promise<Got>} */
	const request = async (address, token) => {
		try {
			const asked = apply(pageFetch, window, [
				address.href,
				// Without a prototype: a member that isn't here is looked up nowhere, so that a GET stays a GET without a body.
				{
					__proto__: null,
					method: 'GET',
					headers: { __proto__: null, accept: 'application/json', authorization: token },
					credentials: 'omit',
					cache: 'no-store',
					redirect: 'error',
					signal: timeout(PATIENCE),
				},
			]);
			const answer = await own(asked);
			const text = await own(answerText(answer));
			const status = answerStatus(answer);
			if (status === 401) refused(address, token);
			return { __proto__: null, why: '', status, text, header: (name) => getHeader(answerHeaders(answer), name) };
		} catch (error) {
			return { __proto__: null, why: isTimeout(error) ? 'timeout' : 'offline', status: 0, text: '', header: () => null };
		}
	};

	/**
	 * What is missing of a flow, followed page by page at the same service.
	 * @param {Address} first @param {string} token @param {string} what @param {string} flow
	 */
	const get = async (first, token, what, flow) => {
		/** @type {Address | null} */
		let address = first;
		for (let pages = 0; address && pages < MOST_PAGES; pages += 1) {
			const { why, status, text, header } = /** @type {Got} */ (await own(request(address, token)));
			if (why) {
				post({ __proto__: null, kind: 'unanswered', ask: what, flow, why });
				return;
			}
			answered('GET', address, status, header, () => text, true);
			const link = status === 200 && what !== 'flow' && text.length <= MOST ? linkIn(text) : '';
			/** @type {Address | null} */
			const following = link ? followed(link, address) : null;
			address = following?.service === first.service ? following : null;
		}
	};

	// ---- a sweep: every ask is one request, known by its number; how the lists go on stays here ----

	/** The numbers that came: said again, they are under way or answered. @type {Map<number, boolean>} */
	const numbers = new Map();
	/** List, environment and flow → its next page, and where that is. @type {Map<string, { __proto__?: null, page: number, address: Address }>} */
	const nextPages = new Map();

	/** @param {any} ask @param {number} number @param {string} what @param {string} environment @param {string} flow @param {number} after */
	const sweep = (ask, number, what, environment, flow, after) => {
		if (mapGet(numbers, number)) return;
		mapSet(numbers, number, true);
		const page = +(getOwnPropertyDescriptor(ask, 'page')?.value ?? 0);
		const list = `${what} ${environment} ${flow}`;
		/** @param {string} why */
		const failed = (why) => post({ __proto__: null, kind: 'unswept', number, why, at: now() });
		const until = now() + after + PATIENCE;
		const look = () => {
			if (stopped) return;
			const next = page > 0 ? mapGet(nextPages, list) : undefined;
			if (page > 0 && next?.page !== page) return failed('no_page');
			const chosen = next ? { __proto__: null, address: next.address, token: mapGet(tokens, next.address.service) } : choose(addressesOf(what, environment, flow), told);
			if (chosen && chosen !== 'loaded' && chosen.token) then(own(one(chosen.address, chosen.token)), () => {}, () => failed('offline'));
			else if (now() >= until) failed('no_token');
			else later(look, 250);
		};
		/** @param {Address} address @param {string} token */
		const one = async (address, token) => {
			const { why, status, text, header } = await own(request(address, token));
			if (why) return failed(why);
			if (status < 400 && text.length > MOST) return failed('too_large');
			const seconds = +(header('retry-after') || 'NaN');
			const link = status === 200 && what !== 'flow' ? linkIn(text) : '';
			const following = link ? followed(link, address) : null;
			if (following) mapSet(nextPages, list, { __proto__: null, page: page + 1, address: following });
			post({
				__proto__: null,
				kind: 'swept',
				number,
				status,
				at: now(),
				retry_after: seconds >= 0 ? seconds : null,
				more: following !== null,
				cut: link !== '' && following === null,
				text: status >= 400 ? slice(text, 0, MOST_OF_ERROR) : text,
			});
		};
		if (after > 0) later(look, after);
		else look();
	};

	/** Where an answer says that the list goes on. @param {string} text */
	const linkIn = (text) => {
		try {
			const document = parse(text);
			return ownText(document, 'nextLink') || ownText(document, '@odata.nextLink');
		} catch {
			return '';
		}
	};

	/**
	 * The next page of a list, where it is the same list at a service that the page has used a token for. Services have named themselves with an inner port.
	 * @param {string} link @param {Address} from @returns {Address | null}
	 */
	const followed = (link, from) => {
		try {
			const inner = exec(/^(https:\/\/[^/?#]+):11777(\/.*)$/, link);
			const address = apiAddress(inner ? inner[1] + inner[2] : link);
			const isSame = address !== null && lower(address.path) === lower(from.path) && address.href !== from.href;
			return isSame && mapGet(tokens, address.service) ? address : null;
		} catch {
			return null;
		}
	};

	/** @param {unknown} error */
	const isTimeout = (error) => {
		try {
			return exceptionName(error) === 'TimeoutError';
		} catch {
			return false;
		}
	};

	/** What the other side may say. @param {unknown} message */
	const obey = (message) => {
		const kind = ownText(message, 'kind');
		if (kind === 'ask') answerAsk(message);
		if (kind === 'stop' && port) {
			// The extension was updated or removed: from here on the page's requests just pass.
			stopped = true;
			closePort(port);
			port = null;
		}
	};
})();
