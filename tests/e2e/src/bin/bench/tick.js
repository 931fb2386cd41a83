// In the panel's page: ticks a step and takes it back, by turns: from the press to the changed panel, in milliseconds.
const [times, done] = arguments;
(async () => {
	const moment = () => new Promise((resolve) => setTimeout(resolve, 0));
	const took = [];
	for (let i = 0; i < times; i += 1) {
		const button = document.querySelector('[data-key="tick:People"]');
		if (!button) throw new Error('the step about people has no tick');
		const [words, start] = [button.textContent, performance.now()];
		button.click();
		while (document.querySelector('[data-key="tick:People"]')?.textContent === words) {
			if (performance.now() - start > 5_000) throw new Error('a tick changed nothing');
			await moment();
		}
		took.push(performance.now() - start);
		await new Promise((resolve) => setTimeout(resolve, 300));
	}
	return took;
})().then(done, (error) => done(String(error)));
