// In the sweep's page: from a press to the frame that shows what followed, in milliseconds, by what was pressed; `times` each.
const [times, done] = arguments;
(async () => {
	const table = () => document.querySelector('section.flows')?.textContent ?? '';
	const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
	/** @type {Record<string, number[]>} */
	const took = {};
	const press = async (name, selectors) => {
		took[name] = [];
		for (let at = 0; at < times; at += 1) {
			const element = document.querySelector(selectors[at % selectors.length]);
			if (!element) throw new Error(`there is no ${selectors[at % selectors.length]}`);
			const [before, start] = [table(), performance.now()];
			element.click();
			for (; table() === before; await frame()) if (performance.now() - start > 5_000) throw new Error(`${name} changed nothing`);
			await frame();
			took[name].push(performance.now() - start);
			await new Promise((resolve) => setTimeout(resolve, 250));
		}
	};
	const key = (name) => `[data-key="${name}"]`;
	await press('filter', [key('filter:all'), key('filter:uses')]);
	document.querySelector(key('filter:all')).click();
	await new Promise((resolve) => setTimeout(resolve, 500));
	await press('sort', [key('sort:name')]);
	await press('page', [key('rows:on'), key('rows:on'), key('rows:back')]);
	return took;
})().then(done, (error) => done(String(error)));
