// In a page of the extension: a text of so many characters to the background, which drops it, and back.
const [length, times, done] = arguments;
(async () => {
	const took = [];
	// As JSON is: mostly one-byte characters, and not one of them repeated.
	const text = Array.from({ length: Math.ceil(length / 40) }, (_, at) => `{"name":"${at}","of":"${at * 7919}"},`).join('').padEnd(length, ' ').slice(0, length);
	for (let i = 0; i < times; i += 1) {
		const start = performance.now();
		await chrome.runtime.sendMessage({ nothing: text }).catch(() => {});
		took.push(performance.now() - start);
	}
	return took;
})().then(done, (error) => done(String(error)));
