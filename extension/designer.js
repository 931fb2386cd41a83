/**
 * Connection Lens, inside the page (world MAIN): reads the designer's store, and brings an operation into view. It knows no token and makes no request.
 *
 * The store is an improvement, never a need: every access is guarded, and a build of the designer that differs ends in "no store".
 * What is read: which node is bound to which connection reference, now, unsaved changes included. What is dispatched: three actions that only move the view.
 */
(() => {
	'use strict';
	// Scripts of the page were here first: then there is nothing to be had that could be relied on. Firefox comes late to tabs that stood open before an install.
	if (globalThis.document.readyState !== 'loading') return;
	const { apply, getOwnPropertyDescriptor } = Reflect;
	const { keys } = Object;
	const { stringify } = JSON;
	const { now } = Date;
	const { MutationObserver, document, window } = globalThis;
	const later = globalThis.setTimeout;

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
	const listen = method(EventTarget.prototype, 'addEventListener');
	const unlisten = method(EventTarget.prototype, 'removeEventListener');
	const dispatchEvent = method(EventTarget.prototype, 'dispatchEvent');
	const stopEvent = method(Event.prototype, 'stopImmediatePropagation');
	const preventDefault = method(Event.prototype, 'preventDefault');
	const portsOf = getter(MessageEvent.prototype, 'ports');
	// Read through the page's own getter, an event of the port would hand the port over as its target.
	const dataOf = getter(MessageEvent.prototype, 'data');
	const postTo = method(MessagePort.prototype, 'postMessage');
	const startPort = method(MessagePort.prototype, 'start');
	const closePort = method(MessagePort.prototype, 'close');
	const queryAll = method(Document.prototype, 'querySelectorAll');
	const byId = method(Document.prototype, 'getElementById');
	const indexOf = method(String.prototype, 'indexOf');

	/** Fibres between the canvas and the store's provider: some 60 in the open-source designer. */
	const MOST_STEPS = 2_000;
	/** The designer mounts its canvas before its store is filled: looked for this often, at growing distances (in milliseconds). */
	const MOST_LOOKS = 12;
	/** Changes come in bursts while somebody types: the first is told at once, all others of this time (in milliseconds) together. */
	const CALM = 100;
	/** The longest text that crosses, in UTF-16 units; the core reads no more either. */
	const MOST = 16 * 1024 * 1024;

	// ---- the door: see page.js ----

	/** @type {MessagePort | null} */
	let port = null;
	const DOOR = 'connection-lens:designer';

	/** @param {Record<string, unknown>} message */
	const post = (message) => {
		if (port) postTo(port, message);
	};
	/** @template T @param {() => T} work @returns {T | undefined} */
	const quietly = (work) => {
		try {
			return work();
		} catch {
			return undefined;
		}
	};
	/** @param {Event} event */
	const enter = (event) => {
		stopEvent(event);
		preventDefault(event);
		shutDoor();
		const given = portsOf(event)[0];
		port = given;
		listen(given, 'message', (/** @type {Event} */ message) => {
			const said = dataOf(message);
			// Not in here: code of the page that runs meanwhile would find the port at `window.event`.
			later(() => quietly(() => obey(said)), 0);
		});
		startPort(given);
	};
	const watch = new MutationObserver(() => shutDoor());
	const shutDoor = () => {
		unlisten(window, DOOR, enter, true);
		watch.disconnect();
	};
	listen(window, DOOR, enter, true);
	watch.observe(document, { __proto__: null, childList: true, subtree: true });
	dispatchEvent(window, new Event(`${DOOR}?`, { __proto__: null, cancelable: true }));

	// ---- the store ----

	/**
	 * @typedef {{ getState(): any, subscribe(listener: () => void): () => void, dispatch(action: { type: string, payload: string }): unknown }} Store
	 * @typedef {{ memoizedProps?: any, return?: Fibre | null }} Fibre
	 */

	/** @param {any} candidate @returns {Store | undefined} */
	const asStore = (candidate) => {
		if (typeof candidate?.getState !== 'function' || typeof candidate.subscribe !== 'function' || typeof candidate.dispatch !== 'function') return undefined;
		const state = candidate.getState();
		return state?.connections?.connectionsMapping && state.workflow ? candidate : undefined;
	};

	/** From the canvas up React's tree to whoever provides the store. @returns {Store | undefined} */
	const findStore = () => {
		const canvases = queryAll(document, '.react-flow');
		for (let i = 0; i < canvases.length; i += 1) {
			const names = keys(canvases[i]);
			for (let n = 0; n < names.length; n += 1) {
				if (indexOf(names[n], '__reactFiber$') !== 0) continue;
				/** @type {Fibre | null | undefined} */
				let fibre = canvases[i][names[n]];
				for (let steps = 0; fibre && steps < MOST_STEPS; steps += 1) {
					const props = fibre.memoizedProps;
					const store = quietly(() => asStore(props?.store)) ?? quietly(() => asStore(props?.value?.store));
					if (store) return store;
					fibre = fibre.return;
				}
			}
		}
		return undefined;
	};

	/** The slices that are read. @param {any} state @returns {Record<string, any>} */
	const slicesOf = (state) => ({
		__proto__: null,
		references: state.connections.connectionReferences,
		mapping: state.connections.connectionsMapping,
		nodes: state.workflow.nodesMetadata,
		renames: state.workflow.idReplacements,
		collapsed: state.workflow.collapsedGraphIds,
		dirty: state.workflow.isDirty,
		operations: state.operations?.operationInfo,
	});

	/** Each entry with a few short texts and yes-or-nos of it. @param {any} entries @param {string[]} names */
	const reduced = (entries, names) => {
		/** @type {Record<string, unknown>} */
		const result = { __proto__: null };
		const ids = keys(entries ?? {});
		for (let i = 0; i < ids.length; i += 1) {
			/** @type {Record<string, unknown>} */
			const entry = { __proto__: null };
			for (let n = 0; n < names.length; n += 1) {
				const value = entries[ids[i]]?.[names[n]];
				if (typeof value === 'string' || typeof value === 'boolean') entry[names[n]] = value;
			}
			result[ids[i]] = entry;
		}
		return result;
	};

	/** Swagger documents and pictures are long and say nothing about who acts. @param {string} name @param {unknown} value */
	const withoutBulk = (name, value) => (name === 'apiDefinition' || name === 'swagger' || name === 'iconUri' ? undefined : value);

	/** @param {ReturnType<typeof slicesOf>} slices */
	const written = (slices) =>
		stringify(
			{
				__proto__: null,
				connections: { __proto__: null, connectionReferences: slices.references, connectionsMapping: slices.mapping },
				workflow: {
					__proto__: null,
					nodesMetadata: reduced(slices.nodes, ['graphId', 'parentNodeId', 'subgraphType', 'isRoot', 'isTrigger']),
					idReplacements: slices.renames,
					collapsedGraphIds: slices.collapsed,
					isDirty: slices.dirty,
				},
				operations: { __proto__: null, operationInfo: reduced(slices.operations, ['type', 'kind', 'connectorId', 'operationId']) },
			},
			withoutBulk,
		);

	/** @type {Store | undefined} */
	let store;
	/** @type {(() => void) | undefined} */
	let unsubscribe;
	/** @type {ReturnType<typeof slicesOf> | undefined} */
	let told;
	let isDue = false;
	/** Until when a burst lasts. */
	let calm = 0;
	let looks = 0;

	const tell = () => {
		isDue = false;
		if (!store || !port) return;
		const slices = slicesOf(store.getState());
		const names = keys(slices);
		let isNew = !told;
		for (let i = 0; i < names.length && told; i += 1) isNew ||= slices[names[i]] !== told[names[i]];
		if (!isNew) return;
		const text = written(slices);
		told = slices;
		calm = now() + CALM;
		// More than is read: what was told before holds no longer.
		post(text.length <= MOST ? { __proto__: null, kind: 'designer', text } : { __proto__: null, kind: 'designer_gone' });
	};

	const changed = () => {
		if (isDue) return;
		isDue = true;
		const wait = calm - now();
		// After the designer has taken the change in: it calls while it does. A clock that was set back mustn't silence it.
		later(() => quietly(tell), wait > 0 && wait < CALM ? wait : 0);
	};

	const leave = () => {
		quietly(() => unsubscribe?.());
		if (store) post({ __proto__: null, kind: 'designer_gone' });
		store = unsubscribe = told = undefined;
	};

	/** The canvas came, went, or was mounted anew. */
	const find = () => {
		const found = quietly(findStore);
		if (found && found === store) {
			quietly(tell);
			return;
		}
		if (store) leave();
		if (found) {
			store = found;
			unsubscribe = found.subscribe(changed);
			quietly(tell);
		} else if (looks < MOST_LOOKS && queryAll(document, '.react-flow').length > 0) {
			looks += 1;
			later(() => quietly(find), 100 * looks);
		}
	};

	// ---- bringing an operation into view ----

	/** The closed set of what is ever dispatched; none of them touches the flow. @param {'collapseGraphsToShowNode' | 'changePanelNode' | 'setFocusNode'} what @param {string} node */
	const show = (what, node) => {
		switch (what) {
			case 'collapseGraphsToShowNode':
				return store?.dispatch({ type: 'workflow/collapseGraphsToShowNode', payload: node });
			case 'changePanelNode':
				return store?.dispatch({ type: 'panel/changePanelNode', payload: node });
			case 'setFocusNode':
				return store?.dispatch({ type: 'workflow/setFocusNode', payload: node });
		}
	};

	/** Only visible nodes are in the document: the designer pans to one that isn't, given a moment to lay the opened scopes out. @param {string} node */
	const reveal = (node) => {
		const isKnown = store && getOwnPropertyDescriptor(store.getState().workflow.nodesMetadata ?? {}, node);
		if (!isKnown) return post({ __proto__: null, kind: 'reveal', node, done: false });
		show('collapseGraphsToShowNode', node);
		show('changePanelNode', node);
		let isOver = false;
		const finish = () => {
			if (isOver) return;
			isOver = true;
			mounting.disconnect();
			quietly(() => show('setFocusNode', node));
			post({ __proto__: null, kind: 'reveal', node, done: true });
		};
		const lookUp = () => {
			if (byId(document, `msla-node-${node}`)) finish();
		};
		const mounting = new MutationObserver(lookUp);
		mounting.observe(document, { __proto__: null, childList: true, subtree: true });
		later(() => quietly(lookUp), CALM);
		// Off-screen nodes mount only once the designer has panned to them.
		later(() => quietly(finish), 3 * CALM);
	};

	/** @param {any} holder @param {string} name */
	const own = (holder, name) => getOwnPropertyDescriptor(holder, name)?.value;

	/** What the other side may say. @param {unknown} message */
	const obey = (message) => {
		const kind = own(message, 'kind');
		if (kind === 'find') {
			looks = 0;
			if (own(message, 'again')) told = undefined;
			find();
		} else if (kind === 'reveal') {
			const node = own(message, 'node');
			if (typeof node === 'string' && quietly(() => (reveal(node), true)) === undefined) post({ __proto__: null, kind: 'reveal', node, done: false });
		} else if (kind === 'stop' && port) {
			leave();
			closePort(port);
			port = null;
		}
	};
})();
