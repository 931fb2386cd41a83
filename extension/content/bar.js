/** The bar on the designer. It says what the core says and sends what is pressed; where it stands is the person's. */
const bar = (() => {
	'use strict';
	const { say, text, counted } = words;

	/** From this width of the canvas on the buttons have words. */
	const WIDE = 900;
	const MARGIN = 16;
	const STEP = 16;
	const HOST = 'data-connection-lens-bar';

	/**
	 * @typedef {{ x: number, y: number, minimised: boolean }} Place the distance from the middle of the canvas' edge, in pixels
	 * @typedef {{ send: (event: { kind: string, [part: string]: unknown }) => void, openPanel: () => void, keep: (place: Place) => void }} Ends
	 */

	/** @type {Place} */
	let place = { x: 0, y: 0, minimised: false };
	/** Whether the edge is the upper one; the person's choice in the options. */
	let isOnTop = false;
	/** @type {HTMLElement | undefined} */
	let host;
	/** @type {ReturnType<typeof build> | undefined} */
	let parts;
	/** @type {Ends} */
	let ends = { send: () => {}, openPanel: () => {}, keep: () => {} };

	/** @template {keyof HTMLElementTagNameMap} K @param {K} tag @param {string} className @param {(Node | string)[]} children @returns {HTMLElementTagNameMap[K]} */
	const make = (tag, className, ...children) => {
		const element = document.createElement(tag);
		element.className = className;
		element.append(...children);
		return element;
	};

	/** @param {string} className @param {Parameters<typeof barLook.icon>[0]} sign @param {string} label @param {() => void} press @param {boolean} [hasWord] */
	const button = (className, sign, label, press, hasWord = false) => {
		const element = make('button', className, barLook.icon(sign), ...(hasWord ? [make('span', 'word', label)] : []));
		element.type = 'button';
		element.setAttribute('aria-label', label);
		element.title = label;
		if (hasWord) element.prepend(barLook.icon('check'));
		element.addEventListener('click', () => {
			if (element.getAttribute('aria-disabled') !== 'true') press();
		});
		return element;
	};

	const build = () => {
		const grip = button('grip', 'grip', say('bar_move'), () => {});
		const headline = make('b', 'headline');
		const detail = make('span', 'detail');
		const meter = make('div', 'meter');
		meter.setAttribute('aria-hidden', 'true');
		const says = make('div', 'says', make('span', '', headline, ' ', detail), meter);
		const highlight = button('button main toggle', 'highlight', say('bar_highlight'), () => ends.send({ kind: 'highlight', on: highlight.getAttribute('aria-pressed') !== 'true' }), true);
		const owners = button('button toggle', 'owners', say('bar_owners'), () => ends.send({ kind: 'owners', on: owners.getAttribute('aria-pressed') !== 'true' }), true);
		const at = make('span', 'at');
		const steps = make(
			'span',
			'steps',
			button('', 'previous', say('bar_previous'), () => ends.send({ kind: 'step', forward: false })),
			at,
			button('', 'next', say('bar_next'), () => ends.send({ kind: 'step', forward: true })),
		);
		const checklist = button('button quiet', 'checklist', say('bar_checklist'), () => ends.openPanel(), true);
		const minimise = button('icon', 'minimise', say('bar_minimise'), () => resize(true));
		const toolbar = make('div', 'bar', grip, barLook.logo(), says, highlight, owners, steps, make('i', 'rule'), checklist, minimise);
		toolbar.setAttribute('role', 'toolbar');
		toolbar.setAttribute('aria-label', say('ext_name'));
		const count = make('b', 'count');
		const small = make('button', 'small', barLook.logo(), count);
		small.type = 'button';
		small.addEventListener('click', () => resize(false));
		const pill = make('div', 'pill');
		const trouble = make('div', 'pill trouble');
		for (const live of [pill, trouble, headline]) live.setAttribute('aria-live', 'polite');
		pill.hidden = trouble.hidden = true;
		const newsSays = make('span', 'grow');
		const news = make('div', 'hint news', newsSays, button('button', 'next', say('bar_news_show'), () => told && ends.send({ kind: 'reveal', node: told.node }), true), button('icon', 'close', say('bar_news_close'), closeNews));
		news.setAttribute('role', 'status');
		news.hidden = true;
		const wrap = make('div', 'wrap', news, trouble, pill, toolbar, small);
		wrap.addEventListener('pointerleave', () => setTimeout(stand, 200));
		wrap.dir = say('panel_direction');
		moveBy(grip);
		return { wrap, news, newsSays, toolbar, headline, detail, meter, highlight, owners, steps, at, small, count, pill, trouble };
	};

	/** @param {Node} wrap */
	const mount = (wrap) => {
		host = document.createElement('div');
		host.setAttribute(HOST, '');
		const shadow = host.attachShadow({ mode: 'closed' });
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(barLook.css);
		shadow.adoptedStyleSheets = [sheet];
		shadow.append(wrap);
		// What is typed or pressed in the bar is no business of the designer's: its Delete key deletes operations.
		for (const kind of ['keydown', 'keyup', 'keypress', 'pointerdown', 'mousedown', 'click', 'wheel', 'contextmenu']) {
			host.addEventListener(kind, (event) => event.stopPropagation());
		}
		document.documentElement.append(host);
	};

	// ---- where it stands ----

	/** Between the canvas' edges, and left of the details panel where that lies over the canvas. Never away from under the pointer, as ‹ › open that panel. */
	const stand = () => {
		if (parts && !parts.wrap.matches(':hover')) settle();
	};

	/** Whatever points at it: the window has another size, as it gets with the side panel. */
	const settle = () => {
		if (!parts) return;
		const canvas = painter.canvas()?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight);
		let right = canvas.right;
		for (const panel of document.querySelectorAll('[id^="msla-node-details-panel-"]')) {
			const { left, width } = panel.getBoundingClientRect();
			if (width > 0 && left > canvas.left + canvas.width / 3) right = Math.min(right, left);
		}
		parts.wrap.classList.toggle('narrow', right - canvas.left < WIDE);
		const { width, height } = parts.wrap.getBoundingClientRect();
		const x = (canvas.left + right - width) / 2 + place.x;
		const edge = isOnTop ? innerHeight - Math.max(canvas.top, 0) - height - MARGIN : innerHeight - Math.min(canvas.bottom, innerHeight) + MARGIN;
		const y = edge - place.y;
		const clamp = (/** @type {number} */ value, /** @type {number} */ most) => Math.round(Math.max(8, Math.min(value, most)));
		// From the lower left: what is added stands above or to the right, and nothing that somebody points at moves.
		parts.wrap.style.transform = `translate(${clamp(x, innerWidth - width - 8)}px, ${-clamp(y, innerHeight - height - 8)}px)`;
	};

	/** @param {number} x @param {number} y */
	const shift = (x, y) => {
		place = { ...place, x: place.x + x, y: place.y + y };
		settle();
	};

	/** @param {HTMLElement} grip */
	const moveBy = (grip) => {
		/** @type {{ x: number, y: number } | undefined} */
		let last;
		grip.addEventListener('pointerdown', (event) => {
			grip.setPointerCapture(event.pointerId);
			last = { x: event.clientX, y: event.clientY };
		});
		grip.addEventListener('pointermove', (event) => {
			if (!last) return;
			shift(event.clientX - last.x, event.clientY - last.y);
			last = { x: event.clientX, y: event.clientY };
		});
		for (const end of /** @type {const} */ (['pointerup', 'pointercancel'])) {
			grip.addEventListener(end, () => {
				if (last) ends.keep(place);
				last = undefined;
			});
		}
		grip.addEventListener('keydown', (event) => {
			const [x, y] = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key] ?? [0, 0];
			if (x === 0 && y === 0) return;
			event.preventDefault();
			shift(x, y);
			ends.keep(place);
		});
	};

	/** @param {boolean} minimised */
	const resize = (minimised) => {
		place = { ...place, minimised };
		ends.keep(place);
		unfold();
		settle();
		(minimised ? parts?.small : parts?.highlight)?.focus();
	};

	const unfold = () => {
		if (!parts) return;
		parts.toolbar.hidden = place.minimised;
		parts.small.hidden = !place.minimised;
	};

	// ---- what it says ----

	/** @param {Element} element @param {string} said */
	const tell = (element, said) => {
		if (element.textContent !== said) element.textContent = said;
	};

	/** @param {HTMLElement} element @param {boolean} on @param {string} word */
	const toggle = (element, on, word) => {
		element.setAttribute('aria-pressed', String(on));
		element.setAttribute('aria-label', word);
		element.title = word;
		tell(/** @type {Element} */ (element.querySelector('.word')), word);
	};

	/** @param {Record<string, number>} meter */
	const measure = (meter) => {
		const segments = [];
		for (const [name, key] of [['mismatch', 'mismatch'], ['unknown', 'unknown'], ['run-only', 'run_only'], ['intended', 'intended']]) {
			if (!meter[key]) continue;
			const segment = make('i', name);
			segment.style.flex = String(meter[key]);
			segments.push(segment);
		}
		parts?.meter.replaceChildren(...segments);
	};

	/** Whether this is another product's page around the frame that holds the flow: the bar stands in there. */
	const isAround = () => window === window.top && !painter.canvas() && document.querySelector('iframe[src*="/widgets/"]') !== null;

	/** News that a person has read: it isn't said again until there is other news. */
	let read = '';
	/** @type {{ node: string, says: any } | undefined} */
	let told;

	const closeNews = () => {
		read = told?.node ?? '';
		drawNews(told);
		stand();
	};

	/** @param {{ node: string, says: any } | undefined} news */
	const drawNews = (news) => {
		if (!parts) return;
		told = news;
		if (!news) read = '';
		const isSaid = news !== undefined && news.node !== read;
		parts.news.hidden = !isSaid;
		// A live region speaks when its words change while it is in sight.
		tell(parts.newsSays, isSaid ? text(news.says) : '');
	};

	/** @param {any} paint */
	const draw = (paint) => {
		const said = paint.bar;
		if (!said || isAround()) return remove();
		if (!parts) {
			parts = build();
			mount(parts.wrap);
		}
		const { tone, meter, steps } = said;
		const toChange = meter.mismatch;
		parts.wrap.classList.toggle('mismatch', tone === 'mismatch');
		parts.wrap.classList.toggle('intended', tone === 'intended');
		parts.wrap.classList.toggle('safe', paint.look?.colours === 'safe');
		isOnTop = paint.look?.bar === 'top';
		tell(parts.headline, text(said.headline));
		tell(parts.detail, said.detail ? `· ${text(said.detail)}` : '');
		measure(meter);
		toggle(parts.highlight, paint.highlight, say(paint.highlight ? 'bar_highlighted' : 'bar_highlight'));
		parts.highlight.setAttribute('aria-disabled', String(toChange === 0 && !paint.highlight));
		toggle(parts.owners, paint.owners, say('bar_owners'));
		parts.steps.hidden = steps.of === 0;
		tell(parts.at, say('bar_steps', [steps.at === 0 ? '–' : String(steps.at), String(steps.of)]));
		parts.count.hidden = toChange === 0 && tone !== 'intended';
		parts.count.classList.toggle('fine', toChange === 0);
		if (toChange > 0) tell(parts.count, String(toChange));
		else parts.count.replaceChildren(barLook.icon('check'));
		parts.small.setAttribute('aria-label', counted('bar_open', toChange));
		drawNews(said.news);
		unfold();
		sayFound(painter.found(), paint.highlight || paint.owners);
		stand();
	};

	/** @param {{ count: number, of: number, repeated: number }} found @param {boolean} isAsked */
	const sayFound = (found, isAsked) => {
		if (!parts) return;
		parts.pill.hidden = !isAsked || !painter.canvas() || found.of === 0 || place.minimised;
		if (!parts.pill.hidden) tell(parts.pill, [counted('bar_found', found.of, [String(found.count)]), ...(found.repeated > 0 ? [counted('bar_repeated', found.repeated)] : [])].join(' · '));
	};

	/** Something that went wrong, until it goes well again. @param {string} said */
	const complain = (said) => {
		if (!parts) return;
		parts.trouble.hidden = said === '';
		tell(parts.trouble, said);
		stand();
	};

	/** @param {boolean} isDark */
	const darken = (isDark) => parts?.wrap.classList.toggle('dark', isDark);

	const remove = () => {
		host?.remove();
		host = parts = undefined;
	};

	/** The frame may come after the address. */
	const leave = () => {
		if (parts && isAround()) remove();
	};

	/** In place of everything, after the extension was updated under an open tab. @param {{ said: string, close: string, direction: string }} words @param {boolean} isDark */
	const farewell = ({ said, close: closing, direction }, isDark) => {
		remove();
		const close = make('button', 'icon', barLook.icon('close'));
		close.setAttribute('aria-label', closing);
		close.addEventListener('click', remove);
		const hint = make('div', 'hint', make('span', '', said), close);
		hint.setAttribute('role', 'status');
		const wrap = make('div', `wrap${isDark ? ' dark' : ''}`, hint);
		wrap.dir = direction;
		mount(wrap);
		// The sheet that lets the bar be seen goes with the extension; this stays.
		host?.style.setProperty('--connection-lens-bar', 'block');
		const { width } = wrap.getBoundingClientRect();
		wrap.style.transform = `translate(${Math.round((innerWidth - width) / 2)}px, ${-MARGIN}px)`;
	};

	/** Takes away what an earlier version left standing: its own scripts are gone. @returns {boolean} whether there was something */
	const clear = () => {
		const left = document.querySelectorAll(`:root > [${HOST}]`);
		for (const old of left) old.remove();
		return left.length > 0;
	};

	/** @param {Place} kept */
	const put = (kept) => {
		place = { x: Number(kept.x) || 0, y: Number(kept.y) || 0, minimised: kept.minimised === true };
		unfold();
		stand();
	};

	/** @param {Ends} given */
	const start = (given) => {
		ends = given;
	};

	return { start, draw, put, stand, settle, leave, sayFound, complain, darken, farewell, clear };
})();
