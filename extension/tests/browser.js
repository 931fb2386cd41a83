// A browser just large enough for the two scripts inside the page and the door to them: two worlds (vm contexts, each with its own built-ins)
// that share one window, one document and what the network answers. Time stands still until a test moves it.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const source = (name) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

/** Node's own forgets that the third argument of `removeEventListener` may be a boolean. */
class EventTarget extends globalThis.EventTarget {
	addEventListener(type, listener, options) {
		super.addEventListener(type, listener, options);
	}
	removeEventListener(type, listener, options) {
		super.removeEventListener(type, listener, typeof options === 'boolean' ? { capture: options } : options);
	}
	dispatchEvent(event) {
		return super.dispatchEvent(event);
	}
}

class MessageEvent extends Event {
	#data;
	#ports;
	constructor(type, { data = null, ports = [], ...options } = {}) {
		super(type, options);
		this.#data = data;
		this.#ports = Object.freeze([...ports]);
	}
	get data() {
		return this.#data;
	}
	get ports() {
		return this.#ports;
	}
}

class MessagePort extends EventTarget {
	#waiting = [];
	#started = false;
	/** @type {MessagePort | null} */
	other = null;
	postMessage(message) {
		this.other?.take(structuredClone(message));
	}
	start() {
		this.#started = true;
		for (const message of this.#waiting.splice(0)) this.take(message);
	}
	close() {
		if (this.other) this.other.other = null;
		this.other = null;
	}
	take(data) {
		if (this.#started) this.dispatchEvent(new MessageEvent('message', { data }));
		else this.#waiting.push(data);
	}
}

class MessageChannel {
	port1 = new MessagePort();
	port2 = new MessagePort();
	constructor() {
		this.port1.other = this.port2;
		this.port2.other = this.port1;
	}
}

/** A document at `base`, with no script of the page run yet. `answer` plays the servers: request → { status, headers, body }. */
export function newPage({ answer = () => ({ status: 200, body: '{}' }), readyState = 'loading', base = 'https://make.powerautomate.com/environments/x' } = {}) {
	const requests = [];
	const observers = new Set();
	const timers = [];
	const clock = { now: 1_000_000 };
	/** The addresses of which an answer's body was looked at. */
	const read = [];
	class Answer extends Response {}
	Object.defineProperties(Answer.prototype, { ...Object.getOwnPropertyDescriptors(Response.prototype), constructor: { value: Answer } });
	Answer.prototype.clone = function () {
		read.push(this.address);
		return Response.prototype.clone.call(this);
	};

	const ask = async (request) => {
		requests.push(request);
		const { status = 200, headers = {}, body = '{}', error } = (await answer(request)) ?? {};
		if (error) throw error;
		const made = new Answer(body === '' ? null : body, { status, headers: { 'content-type': 'application/json', ...headers } });
		return Object.assign(made, { address: request.url });
	};

	class Node extends EventTarget {
		get baseURI() {
			return base;
		}
	}
	class Document extends Node {
		readyState = readyState;
		canvases = [];
		cards = new Set();
		querySelectorAll() {
			return this.canvases;
		}
		getElementById(id) {
			return this.cards.has(id) ? {} : null;
		}
	}
	class MutationObserver {
		constructor(callback) {
			this.callback = callback;
		}
		observe() {
			observers.add(this);
		}
		disconnect() {
			observers.delete(this);
		}
	}
	class XMLHttpRequest extends EventTarget {
		#request = { headers: {} };
		#answer = { status: 0, headers: new Headers(), text: '' };
		get status() {
			return this.#answer.status;
		}
		get responseType() {
			return '';
		}
		get responseText() {
			read.push(this.#request.url);
			return this.#answer.text;
		}
		get response() {
			read.push(this.#request.url);
			return this.#answer.text;
		}
		getAllResponseHeaders() {
			return [...this.#answer.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
		}
		open(method, url) {
			this.#request = { method, url: String(url), headers: {}, by: 'xhr' };
		}
		setRequestHeader(name, value) {
			this.#request.headers[name.toLowerCase()] = value;
		}
		send(body) {
			this.#send({ ...this.#request, body: body ?? null });
		}
		async #send(request) {
			try {
				const response = await ask(request);
				this.#answer = { status: response.status, headers: response.headers, text: await response.text() };
				this.dispatchEvent(new Event('load'));
			} catch {
				this.dispatchEvent(new Event('error'));
			}
			this.dispatchEvent(new Event('loadend'));
		}
	}

	const window = new EventTarget();
	const document = new Document();
	const world = () => {
		const shared = {
			window, document, Node, Document, MutationObserver, XMLHttpRequest, MessageEvent, MessagePort, MessageChannel,
			Event, EventTarget, Headers, Request, Response: Answer, URL, AbortSignal, DOMException, atob,
			setTimeout: (work, wait) => timers.push({ work, at: clock.now + (wait || 0) }),
			// The options are read as a browser reads a dictionary: what isn't there is looked up at the prototype.
			fetch: (input, init = {}) => {
				const isRequest = input instanceof Request;
				const headers = new Headers(init.headers ? Object.fromEntries(Reflect.ownKeys(init.headers).filter((key) => typeof key === 'string').map((key) => [key, init.headers[key]])) : isRequest ? input.headers : []);
				const { method = isRequest ? input.method : 'GET', body = null, redirect, credentials, cache } = init;
				return ask({ method, url: isRequest ? input.url : String(input), headers: Object.fromEntries(headers), body, redirect, credentials, cache, by: 'fetch' });
			},
		};
		const context = vm.createContext(shared);
		context.clock = clock;
		vm.runInContext('Date.now = () => clock.now', context);
		return context;
	};
	const main = world();
	const isolated = world();

	/** Lets everything that is due run. */
	const settle = async () => {
		for (let i = 0; i < 30; i += 1) await new Promise((resolve) => setImmediate(resolve));
	};
	return {
		window, document, main, isolated, requests, read, clock, settle,
		run: (name) => vm.runInContext(source(name), main, { filename: name }),
		runContent: (name) => vm.runInContext(source(name), isolated, { filename: name }),
		/** Opens our end of the door, in the content script's world; what comes out is collected. */
		open(name) {
			const port = vm.runInContext(`door.open('${name}')`, isolated);
			const said = [];
			port.addEventListener('message', (event) => said.push(event.data));
			port.start();
			/** The designer's script takes a message in with its next turn, which is made here. */
			const ask = (message) => {
				const before = new Set(timers);
				port.postMessage(message);
				for (const timer of name === 'designer' ? timers.filter((timer) => !before.has(timer)) : []) {
					timers.splice(timers.indexOf(timer), 1);
					timer.work();
				}
			};
			return { port, said, ask };
		},
		/** Runs a script of the page. */
		page: (code, values = {}) => {
			Object.assign(main, values);
			return vm.runInContext(code, main);
		},
		/** The parser inserts an element: observers hear of it before any script of the page runs. */
		parse() {
			for (const observer of [...observers]) observer.callback([]);
		},
		async advance(milliseconds) {
			await settle();
			const until = clock.now + milliseconds;
			for (;;) {
				const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
				if (!next) break;
				timers.splice(timers.indexOf(next), 1);
				clock.now = Math.max(clock.now, next.at);
				next.work();
				await settle();
			}
			clock.now = until;
		},
	};
}

/** Both scripts are there, the door is shut, the page may run. @param {Parameters<typeof newPage>[0] & { order?: string[] }} [options] */
export function openPage({ order = ['content', 'page'], script = 'page', ...options } = {}) {
	const browser = newPage(options);
	let door;
	for (const who of order) {
		if (who === 'content') {
			browser.runContent('content/door.js');
			door = browser.open(script);
		} else {
			browser.run(`${script}.js`);
		}
	}
	browser.parse();
	browser.document.readyState = 'interactive';
	return { ...browser, ...door };
}
