/**
 * The door to the two scripts inside the page. Each gets one end of a private MessageChannel, inside an event that is dispatched synchronously at
 * document_start: before any script of the page exists that could listen or speak. Which side runs first isn't known, so each calls the other once.
 */
const door = (() => {
	'use strict';

	/**
	 * @param {string} name
	 * @returns {MessagePort} our end; messages wait in it, and nothing comes out of it if nobody took the other end
	 */
	const open = (name) => {
		const { port1, port2 } = new MessageChannel();
		const event = `connection-lens:${name}`;
		const hand = () => window.dispatchEvent(new MessageEvent(event, { ports: [port2], cancelable: true }));
		/** @param {Event} call */
		const called = (call) => {
			call.stopImmediatePropagation();
			call.preventDefault();
			shut();
			hand();
		};
		// The parser runs microtasks before it runs a script: the observer shuts the door when the first element after <html> comes.
		const watch = new MutationObserver(() => shut());
		const shut = () => {
			window.removeEventListener(`${event}?`, called, true);
			watch.disconnect();
		};
		// A document that is further than this may already hold scripts of the page.
		if (document.readyState !== 'loading') return port1;
		const isTaken = !hand();
		if (!isTaken) {
			window.addEventListener(`${event}?`, called, true);
			watch.observe(document, { childList: true, subtree: true });
		}
		return port1;
	};

	return { open };
})();
