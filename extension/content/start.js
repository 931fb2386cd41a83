/** Ties the parts together: page ↔ bridge ↔ background, and what comes back to painter and bar. */
(() => {
	'use strict';
	// Said once, while the extension is there to ask: after an update it isn't.
	const lastWords = { said: words.say('bar_updated'), close: words.say('bar_close'), direction: words.say('panel_direction') };

	// A document that stood open before, as Firefox brings scripts into after an install or an update: the page's own were here first, so nothing of ours
	// starts. What the version before drew, whose scripts are gone, is taken away.
	if (document.readyState !== 'loading') {
		painter.stop();
		rows.stop();
		if (bar.clear()) bar.farewell(lastWords, painter.isDark());
		return;
	}
	const pagePort = door.open('page');
	const designerPort = door.open('designer');

	/** @type {any} */
	let paint = null;
	let isShown = false;
	let foundSent = -1;
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let foundTimer;

	/** @type {Record<string, string>} */
	const ERRORS = { worker: 'bar_error_worker', refused: 'bar_error_refused', lost: 'bar_error_lost', storage: 'bar_error_storage' };

	const isDrawn = () => Boolean(paint?.bar);

	// ---- what happens here ----

	const shown = () => {
		isShown = true;
		bridge.send({ kind: 'shown', address: bridge.here(), at: Date.now() });
	};

	let address = bridge.here();
	const moved = () => {
		if (bridge.here() === address) return;
		address = bridge.here();
		shown();
	};

	/** Nodes are mounted by the dozen: counted once for all of them. */
	const countFound = () => {
		foundTimer ??= setTimeout(() => {
			foundTimer = undefined;
			if (!isDrawn()) return;
			const found = painter.found();
			bar.sayFound(found, paint.highlight || paint.owners);
			if (found.count === foundSent) return;
			foundSent = found.count;
			bridge.send({ kind: 'found', count: found.count });
		}, 200);
	};

	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let standing;
	const standSoon = () => {
		standing ??= setTimeout(() => {
			standing = undefined;
			bar.stand();
		}, 200);
	};

	/** @param {Parameters<Parameters<typeof painter.start>[0]>[0]} what */
	const painted = (what) => {
		if (what.canvas) designerPort.postMessage({ kind: 'find' });
		if (what.found) countFound();
		if (what.dark) bar.darken(painter.isDark());
		if (what.canvas || what.layout) standSoon();
		if (what.layout && isDrawn()) bar.leave();
	};

	// ---- what comes back ----

	/** @param {any} outcome */
	const receive = (outcome) => {
		if (outcome.error) {
			complain('error', words.say(ERRORS[outcome.error] ?? ERRORS.refused));
			return;
		}
		if (outcome.again) {
			shown();
			designerPort.postMessage({ kind: 'find', again: true });
			return;
		}
		if (outcome.bar) bar.put(outcome.bar);
		if (outcome.paint) {
			const isOther = outcome.paint.bar?.flow !== paint?.bar?.flow;
			if (isOther) foundSent = -1;
			paint = outcome.paint;
			painter.draw(paint);
			rows.draw(paint);
			bar.draw(paint);
			bar.darken(painter.isDark());
			if (isOther || complaint === 'error') complain('', '');
		}
		// `seen` lets the page's side skip what the page has loaded since the core asked.
		for (const { what, environment, flow, after, number, page } of outcome.asks ?? []) {
			pagePort.postMessage({ kind: 'ask', what, environment, flow, after, seen: bridge.seen(), ...(number === undefined ? {} : { number, page }) });
			if (number !== undefined) remindLater();
		}
		if (outcome.reveal) void show(outcome.reveal);
	};

	/** A sweep's request that was lost on its way is asked for again, also where nobody looks at the sweep's page. In milliseconds. */
	const REMINDER = 100_000;
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let reminder;
	const remindLater = () => {
		clearTimeout(reminder);
		reminder = setTimeout(() => bridge.send({ kind: 'waited', at: Date.now() }), REMINDER);
	};

	/** What the bar complains of: it stays until it is overcome, not until somebody happens to have read it. @type {'' | 'error' | 'reveal' | 'panel'} */
	let complaint = '';
	/** @param {typeof complaint} what @param {string} said */
	const complain = (what, said) => {
		complaint = what;
		bar.complain(said);
	};

	/** @param {{ node: string, path?: string[], title: string }} wanted */
	const show = async (wanted) => {
		const how = await reveal.show(wanted);
		if (how === 'shown' && complaint === 'reveal') complain('', '');
		if (how !== 'not shown') return;
		complain('reveal', words.say('bar_not_revealed', [wanted.title]));
		bridge.send({ kind: 'not_revealed', node: wanted.node });
	};

	/** Not every browser takes a press inside a page for one: there the person presses what the browser listens to. */
	const openPanel = async () => {
		const key = (await bridge.tell({ open: 'panel' }))?.key;
		if (typeof key === 'string') complain('panel', key ? words.say('bar_panel_by_key', [key]) : words.say('bar_panel_by_button'));
	};

	/** The window gets another size when the panel opens, and whoever presses something else has read it. */
	const panelMayBeOpen = () => {
		if (complaint === 'panel') complain('', '');
	};

	const orphaned = () => {
		for (const port of [pagePort, designerPort]) port.postMessage({ kind: 'stop' });
		painter.stop();
		rows.stop();
		if (isDrawn()) bar.farewell(lastWords, painter.isDark());
		paint = null;
	};

	/** @param {MessagePort} port @param {typeof bridge.fromPage} kinds */
	const hear = (port, kinds) => {
		port.addEventListener('message', ({ data }) => {
			const said = bridge.read(data, kinds);
			if (said) bridge.send(said.event, said.body, said.answer);
		});
		port.start();
	};

	bridge.start({ receive, orphaned });
	bar.start({
		send: (event) => {
			panelMayBeOpen();
			bridge.send(event);
		},
		openPanel,
		keep: (place) => bridge.tell({ keep: { bar: place } }),
	});
	shown();
	hear(pagePort, bridge.fromPage);
	hear(designerPort, bridge.fromDesigner);
	designerPort.addEventListener('message', ({ data }) => {
		if (data?.kind === 'reveal') reveal.heard(data.done === true);
	});
	reveal.start(designerPort);
	painter.start(painted);
	rows.start((count) => bridge.send({ kind: 'rows', count }));

	// The portal is one page whose address changes without a load.
	if ('navigation' in window) window.navigation.addEventListener('currententrychange', moved);
	window.addEventListener('popstate', moved);
	window.addEventListener('resize', () => {
		panelMayBeOpen();
		bar.settle();
	});
	// Where the extension went, the bar is gone already; whoever comes back or presses anything is told why.
	for (const moment of ['focus', 'pageshow', 'pointerdown']) window.addEventListener(moment, bridge.check, true);
	window.addEventListener('pagehide', () => {
		isShown = false;
		bridge.leave();
	});
	window.addEventListener('pageshow', (event) => {
		if (!event.persisted || isShown) return;
		bridge.woken();
		shown();
	});
})();
