// The page saves its flow with one operation's connection changed, to and fro: from the complete answer to the operation's new mark with its styles, in milliseconds.
const [times, done] = arguments;
(async () => {
	const url = performance.getEntriesByType('resource').map(({ name }) => name).findLast((name) => /\/flows\/[0-9a-f-]{36}\?/.test(name));
	const { token } = await (await fetch('/practice/token?aud=flow')).json();
	const ask = (method, body) =>
		new Promise((resolve, reject) => {
			const request = new XMLHttpRequest();
			request.open(method, url);
			request.setRequestHeader('Authorization', `Bearer ${token}`);
			if (body) request.setRequestHeader('Content-Type', 'application/json');
			request.onload = () => resolve({ at: performance.now(), request });
			request.onerror = () => reject(new Error(`no answer from ${url}`));
			request.send(body);
		});
	const { properties } = JSON.parse((await ask('GET')).request.responseText);
	const found = {};
	const walk = (actions = {}) => {
		for (const [name, action] of Object.entries(actions)) {
			found[name] = action;
			walk(action.actions);
			walk(action.else?.actions);
		}
	};
	walk(properties.definition.actions);
	// An operation whose connector has two connections in the flow: one of the intended account, one of somebody else.
	const operationOf = ({ id }) => found[id.slice('msla-node-'.length)]?.inputs?.host;
	const pairOf = ({ connectionName = '' } = {}) => [connectionName.replace(/_1$/, ''), `${connectionName.replace(/_1$/, '')}_1`];
	const hasPair = (host) => pairOf(host).every((key) => key in properties.connectionReferences);
	const card = [...document.querySelectorAll('[data-connection-lens]')].find((card) => hasPair(operationOf(card)));
	if (!card) throw new Error('no card in sight has a connector with two connections');
	const host = operationOf(card);
	const [one, other] = pairOf(host);
	const save = async () => {
		host.connectionName = host.connectionName === one ? other : one;
		const body = JSON.stringify({ properties });
		const styleBefore = card.dataset.connectionLens;
		const painted = new Promise((resolve, reject) => {
			const watch = new MutationObserver(() => {
				if (card.dataset.connectionLens === styleBefore) return;
				watch.disconnect();
				// With the styles that follow from it.
				void getComputedStyle(card).outlineColor;
				resolve(performance.now());
			});
			watch.observe(card, { attributes: true });
			setTimeout(() => reject(new Error(`${card.id} is marked ${styleBefore} still, with ${host.connectionName}`)), 20_000);
		});
		const { at, request } = await ask('PATCH', body);
		if (request.status !== 200) throw new Error(`saving was answered with ${request.status}`);
		return (await painted) - at;
	};
	const took = [];
	for (let i = 0; i < times; i += 1) {
		took.push(await save());
		// Nobody saves ten times a second: the panel has drawn the last one by then.
		await new Promise((resolve) => setTimeout(resolve, 400));
	}
	return took;
})().then(done, (error) => done(String(error)));
