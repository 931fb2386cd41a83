// The painter that ships, on the cards that are there: milliseconds with the styles that follow, in turns with clearing. `count`: so many cards are made.
const [css, scripts, paint, count, times, done] = arguments;
(async () => {
	if (count > 0) {
		document.documentElement.innerHTML = '<head></head><body><div class="react-flow"><div class="react-flow__viewport"></div></div></body>';
		const viewport = document.querySelector('.react-flow__viewport');
		for (const id of Object.keys(paint.marks).slice(0, count)) {
			const node = viewport.appendChild(document.createElement('div'));
			node.className = 'react-flow__node react-flow__node-card';
			node.dataset.id = id;
			node.style.cssText = 'width:200px;height:40px';
			const card = node.appendChild(document.createElement('div'));
			card.id = `msla-node-${id}`;
			card.textContent = id;
		}
	}
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(css);
	document.adoptedStyleSheets = [sheet];
	const words = { text: ({ args = [] }) => args.join(' ') };
	const painter = Function('words', `${scripts}; return painter;`)(words);
	painter.start(() => {});
	const draw = (what) => {
		const start = performance.now();
		painter.draw(what);
		const marked = document.querySelector('[data-connection-lens]');
		void getComputedStyle(marked ?? document.body, '::after').content;
		void document.body.offsetHeight;
		return performance.now() - start;
	};
	const clear = { bar: null, marks: {}, rows: {} };
	const [first] = Object.keys(paint.marks).filter((id) => document.getElementById(`msla-node-${id}`));
	const other = { ...paint, marks: { ...paint.marks, [first]: { ...paint.marks[first], style: 'unknown' } } };
	const took = { all: [], one: [], cards: 0 };
	for (let i = 0; i < times; i += 1) {
		draw(clear);
		await new Promise(requestAnimationFrame);
		took.all.push(draw(paint));
		took.cards = document.querySelectorAll('[data-connection-lens]').length;
		await new Promise(requestAnimationFrame);
		took.one.push(draw(other));
		draw(paint);
		await new Promise(requestAnimationFrame);
	}
	painter.stop();
	return took;
})().then(done, (error) => done(String(error)));
