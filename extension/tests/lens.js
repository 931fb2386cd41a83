// Stands in for the core: counts what it is fed, so that a loss or a repetition shows.
export default async () => {};

export class Lens {
	#sessions = new Map();
	local(items) {
		this.items = JSON.parse(items);
	}
	holds(key) {
		return this.#sessions.has(key);
	}
	restore(key, state) {
		const { fed, flow } = JSON.parse(state);
		// Of another version: set aside.
		if (fed) this.#sessions.set(key, { fed, flow });
		return fed !== undefined;
	}
	state(key) {
		return JSON.stringify(this.#sessions.get(key));
	}
	forget(key) {
		this.#sessions.delete(key);
	}
	feed(key, text, body) {
		const event = JSON.parse(text);
		if (event.address === 'trap') throw new WebAssembly.RuntimeError('unreachable');
		if (event.address === 'refuse') throw new Error('no event');
		const session = this.#sessions.get(key) ?? { fed: [], flow: '' };
		this.#sessions.set(key, session);
		if (event.kind === 'look') {
			return JSON.stringify({ version: 1, changed: false, badge: '1', paint: this.#paint(session) });
		}
		session.fed.push(event.kind + (body.length > 0 ? body.length : ''));
		if (event.kind === 'shown') session.flow = event.address;
		return JSON.stringify({
			version: 1,
			changed: true,
			badge: session.flow ? String(session.fed.length) : '',
			paint: event.kind === 'hidden' ? undefined : this.#paint(session),
			asks: event.kind === 'captured' ? [{ what: 'flow', environment: '', flow: '', after: 0 }] : [],
			reveal: event.kind === 'step' ? { node: `n${session.fed.length}`, path: [], title: '' } : undefined,
			keep: event.kind === 'intend' ? { settings: { accounts: event.accounts } } : {},
		});
	}
	#paint(session) {
		return { bar: session.flow ? { flow: session.flow } : null, marks: {}, highlight: false, owners: false, accounts: this.items.settings?.accounts };
	}
}
