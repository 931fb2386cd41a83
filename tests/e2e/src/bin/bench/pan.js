// Zooms in and out at changing places, a step a frame.
const [steps, done] = arguments;
(async () => {
	const pane = document.querySelector('.react-flow__pane, .react-flow');
	for (let step = 0; step < steps; step += 1) {
		const [clientX, clientY] = [300 + ((step * 97) % 600), 200 + ((step * 61) % 400)];
		pane.dispatchEvent(new WheelEvent('wheel', { deltaY: step % 2 ? 40 : -40, clientX, clientY, bubbles: true, cancelable: true, view: window }));
		await new Promise(requestAnimationFrame);
	}
})().then(() => done(true), (error) => done(String(error)));
