/** How the bar looks: its stylesheet and its signs. It stands in a closed shadow root, where neither the page's styles nor ours cross. */
const barLook = (() => {
	'use strict';

	/** Strokes on a 20 × 20 field. */
	const paths = {
		grip: ['M8 5h.01M12 5h.01M8 10h.01M12 10h.01M8 15h.01M12 15h.01'],
		highlight: ['m11.2 3.5 5.3 5.3-6 4.2-3.5-3.5z', 'M7 9.5 5.2 13l1.8 1.8 3.5-1.8M5.5 14.5 3 17h4'],
		check: ['m4 10.5 4 4 8-9'],
		owners: ['M7 3.75a2.75 2.75 0 1 1 0 5.5 2.75 2.75 0 0 1 0-5.5z', 'M2 15.5c0-3 2.2-4.7 5-4.7 1.6 0 3 .6 3.9 1.5', 'M12.5 12.5h5M12.5 15.5h3.5'],
		previous: ['m12.5 5-5 5 5 5'],
		next: ['m7.5 5 5 5-5 5'],
		checklist: ['m2.8 5 1.2 1.2L6.2 4M2.8 10 4 11.2 6.2 9M2.8 15 4 16.2 6.2 14M9 5.2h8M9 10.2h8M9 15.2h8'],
		minimise: ['M5 10h10'],
		close: ['m5 5 10 10M15 5 5 15'],
	};

	const css = `
:host { all: initial !important; display: var(--connection-lens-bar, none) !important; position: fixed !important; inset: 0 auto auto 0 !important; width: 0 !important; height: 0 !important; z-index: 900000 !important; }
.wrap {
	--bg1: #fff; --hover: #f5f5f5; --press: #e0e0e0; --fg1: #242424; --fg2: #424242; --fg3: #616161; --off: #bdbdbd; --st1: #d1d1d1; --st2: #e0e0e0;
	--brand: #0f6cbd; --brand-h: #115ea3; --on-brand: #fff; --brand-fg: #0f6cbd; --link: #115ea3; --brand-bg: #ebf3fc;
	--mm-fg: #a33f06; --mm-fill: #bc4b09; --on-mm: #fff; --ok-fg: #0e700e; --ok-fill: #107c10; --on-ok: #fff; --ok-soft: #c9eac9;
	--un-st: #707070; --ro-bg: #f4f2fd; --ro-st: #6f5fc9; --focus: #000;
	--sh4: 0 0 2px #0000001f, 0 2px 4px #00000024; --sh16: 0 0 2px #0000001f, 0 8px 16px #00000024;
	--font: "Segoe UI Variable Text", "Segoe UI", "Open Sans", system-ui, sans-serif;
	position: fixed; left: 0; bottom: 0; display: flex; flex-direction: column; align-items: center; gap: 8px; width: max-content;
	font: 400 14px/20px var(--font); color: var(--fg1); color-scheme: light; text-align: start; -webkit-font-smoothing: antialiased;
}
.wrap.dark {
	--bg1: #292929; --hover: #383838; --press: #2e2e2e; --fg1: #fff; --fg2: #d6d6d6; --fg3: #adadad; --off: #5c5c5c; --st1: #666; --st2: #474747;
	--brand: #115ea3; --brand-h: #0f6cbd; --brand-fg: #479ef5; --link: #479ef5; --brand-bg: #082338;
	--mm-fg: #faa06b; --mm-fill: #faa06b; --on-mm: #2b1000; --ok-fg: #6ccb6c; --ok-fill: #54b054; --on-ok: #052505; --ok-soft: #1f4d1f;
	--un-st: #adadad; --ro-bg: #262043; --ro-st: #9a8df0; --focus: #fff;
	--sh4: 0 0 2px #0000003d, 0 2px 4px #00000047; --sh16: 0 0 2px #0000003d, 0 8px 16px #00000066;
	color-scheme: dark;
}
.wrap.safe { --ok-fg: #0f548c; --ok-fill: #0f6cbd; --ok-soft: #cfe4fa; }
.wrap.safe.dark { --ok-fg: #7cb8f2; --ok-fill: #62abf5; --on-ok: #08233a; --ok-soft: #0e4775; }
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
svg { fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; width: 16px; height: 16px; flex: none; display: block; }
button { font: 600 14px/20px var(--font); color: inherit; background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0; cursor: pointer; display: inline-flex; align-items: center; justify-content: center; gap: 6px; white-space: nowrap; transition: background 100ms cubic-bezier(.33, 0, .67, 1); }
button:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
button:hover { background: var(--hover); }
button:active { background: var(--press); }
.bar { display: flex; align-items: center; gap: 8px; height: 48px; padding-inline: 4px 8px; background: var(--bg1); border: 1px solid var(--st2); border-radius: 8px; box-shadow: var(--sh16); }
.grip { color: var(--fg3); width: 24px; height: 32px; cursor: grab; touch-action: none; margin-inline-end: -4px; }
.grip:active { cursor: grabbing; }
.grip svg { width: 20px; height: 20px; stroke-width: 2.2; }
.logo { width: 22px; height: 22px; color: var(--brand-fg); }
.logo .dot { fill: var(--un-st); stroke: none; }
.mismatch .logo .dot { fill: var(--mm-fill); }
.intended .logo .dot { fill: var(--ok-fill); }
.says { display: flex; flex-direction: column; gap: 4px; margin-inline-end: 8px; white-space: nowrap; font: 400 12px/16px var(--font); }
.headline { font: 600 14px/16px var(--font); }
.mismatch .headline { color: var(--mm-fg); }
.intended .headline { color: var(--ok-fg); }
.detail { color: var(--fg3); }
.meter { display: flex; gap: 2px; height: 5px; }
.meter i { border-radius: 2px; min-width: 4px; }
.meter .mismatch { background: var(--mm-fill); }
.meter .unknown { border: 1.5px dashed var(--un-st); }
.meter .run-only { background: var(--ro-bg); border: 1.5px dotted var(--ro-st); }
.meter .intended { background: var(--ok-soft); box-shadow: inset 0 0 0 1px var(--ok-fill); }
.button { height: 32px; padding-inline: 10px; border-color: var(--st1); background: var(--bg1); }
.button.main { background: var(--brand); border-color: transparent; color: var(--on-brand); }
.button.main:not([aria-pressed="true"], [aria-disabled="true"]):hover { background: var(--brand-h); }
.button[aria-pressed="true"] { background: var(--brand-bg); border-color: var(--brand-fg); color: var(--link); box-shadow: inset 0 0 0 .5px var(--brand-fg); }
.button[aria-disabled="true"] { background: var(--bg1); color: var(--off); border-color: var(--st2); box-shadow: none; cursor: default; }
.button.quiet { border-color: transparent; background: transparent; color: var(--fg2); }
.button.quiet:hover { background: var(--hover); }
.steps { display: flex; align-items: center; border: 1px solid var(--st1); border-radius: 4px; height: 32px; }
.steps button { width: 28px; height: 30px; color: var(--fg2); }
[dir="rtl"] .steps svg { transform: scaleX(-1); }
.at { font: 400 12px/16px var(--font); color: var(--fg2); font-variant-numeric: tabular-nums; min-width: 32px; text-align: center; }
.rule { width: 1px; height: 24px; background: var(--st2); }
.icon { width: 32px; height: 32px; color: var(--fg2); }
.button svg:first-child { display: none; }
.toggle[aria-pressed="true"] svg { display: none; }
.toggle[aria-pressed="true"] svg:first-child { display: block; }
.narrow .toggle[aria-pressed="true"] svg { display: block; }
.narrow .toggle svg:first-child { display: none !important; }
.narrow .detail, .narrow .button .word { display: none; }
.narrow .button { padding-inline: 8px; }
.pill { font: 400 12px/16px var(--font); color: var(--fg2); background: var(--bg1); border: 1px solid var(--st2); border-radius: 12px; padding: 3px 10px; box-shadow: var(--sh4); max-width: min(480px, 90vw); }
.pill.trouble { border-color: var(--mm-fill); color: var(--fg1); }
.news { border-color: var(--mm-fill); border-inline-start-width: 4px; padding-block: 4px; font: 400 14px/20px var(--font); max-width: min(640px, 90vw); }
.news .button { height: 28px; }
.small { position: relative; width: 48px; height: 48px; border-radius: 12px; border-color: var(--st2); background: var(--bg1); box-shadow: var(--sh16); }
.small .logo { width: 24px; height: 24px; }
.count { position: absolute; inset-inline-end: -6px; inset-block-start: -6px; min-width: 20px; height: 20px; padding: 0 5px; border-radius: 10px; background: var(--mm-fill); color: var(--on-mm); font: 600 12px/20px var(--font); text-align: center; box-shadow: 0 0 0 2px var(--bg1); }
.count.fine { background: var(--ok-fill); color: var(--on-ok); padding: 4px; }
.count.fine svg { width: 12px; height: 12px; stroke-width: 2.25; }
.hint { display: flex; align-items: center; gap: 12px; background: var(--bg1); border: 1px solid var(--st1); border-radius: 8px; box-shadow: var(--sh16); padding: 8px 8px 8px 12px; }
@media (prefers-reduced-motion: reduce) { button { transition: none; } }
@media (forced-colors: active) {
	.wrap, .wrap.dark, .wrap.safe, .wrap.safe.dark {
		--bg1: Canvas; --hover: Canvas; --press: Canvas; --fg1: CanvasText; --fg2: CanvasText; --fg3: CanvasText; --off: GrayText; --st1: CanvasText; --st2: CanvasText;
		--brand: Highlight; --brand-h: Highlight; --on-brand: HighlightText; --brand-fg: LinkText; --link: LinkText; --brand-bg: Canvas;
		--mm-fg: CanvasText; --mm-fill: CanvasText; --on-mm: Canvas; --ok-fg: CanvasText; --ok-fill: CanvasText; --on-ok: Canvas; --ok-soft: Canvas;
		--un-st: CanvasText; --ro-bg: Canvas; --ro-st: CanvasText; --focus: Highlight;
	}
	.meter i { forced-color-adjust: none; }
	.meter .intended { border: 1px solid CanvasText; }
	.count, .button.main { forced-color-adjust: none; }
	.button[aria-pressed="true"] { outline: 2px solid Highlight; }
}`;

	const SVG = 'http://www.w3.org/2000/svg';

	/** @param {keyof typeof paths} name */
	const icon = (name) => {
		const svg = document.createElementNS(SVG, 'svg');
		svg.setAttribute('viewBox', '0 0 20 20');
		svg.setAttribute('aria-hidden', 'true');
		for (const d of paths[name]) {
			const path = document.createElementNS(SVG, 'path');
			path.setAttribute('d', d);
			svg.append(path);
		}
		return svg;
	};

	/** The lens: two plugs, of which one takes the verdict's colour. */
	const logo = () => {
		const svg = document.createElementNS(SVG, 'svg');
		svg.setAttribute('viewBox', '0 0 32 32');
		svg.setAttribute('aria-hidden', 'true');
		svg.setAttribute('class', 'logo');
		/** @param {string} name @param {Record<string, string>} attributes */
		const draw = (name, attributes) => {
			const shape = document.createElementNS(SVG, name);
			for (const [attribute, value] of Object.entries(attributes)) shape.setAttribute(attribute, value);
			svg.append(shape);
		};
		draw('path', { d: 'M21.5 21.5 28 28', 'stroke-width': '4.5' });
		draw('circle', { cx: '13', cy: '13', r: '10.25', 'stroke-width': '3' });
		draw('path', { d: 'M9.5 13h7', 'stroke-width': '2', 'stroke-linecap': 'butt' });
		draw('circle', { cx: '8.9', cy: '13', r: '2.6', fill: 'currentColor', stroke: 'none' });
		draw('circle', { cx: '17.1', cy: '13', r: '3.1', class: 'dot' });
		return svg;
	};

	return { css, icon, logo };
})();
