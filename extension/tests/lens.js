// Stands in for the core: counts what it is fed, so that a loss or a repetition shows.
export default async () => {
	globalThis.coresStarted = (globalThis.coresStarted ?? 0) + 1;
};

export const sweep_keys = (key) => JSON.stringify([key, `${key}:0`]);

export class Lens {
	#sessions = new Map();
	#sweeps = new Map();
	/** A document belongs to the sweep that its address names. */
	whereabouts(key) {
		const [, sweep] = /\/environments\/([^/]+)/.exec(this.#sessions.get(key)?.flow ?? '') ?? [];
		return sweep && JSON.stringify({ key: `sweep:${sweep}` });
	}
	holds_sweep(key) {
		return this.#sweeps.has(key);
	}
	restore_sweep(key, items) {
		this.#sweeps.set(key, JSON.parse(items)[key] ?? { fed: [], carrier: null });
	}
	forget_sweep(key) {
		this.#sweeps.delete(key);
	}
	look_sweep() {}
	feed_sweep(key, text, from) {
		const event = JSON.parse(text);
		const known = this.#sweeps.get(key);
		const carrier = event.kind === 'here' ? from : event.kind === 'gone' ? null : known.carrier;
		// One that rests has nothing under way, and is shorter for it.
		const rests = event.kind === 'full';
		const sweep = { fed: [...known.fed, event.kind], carrier, underWay: rests ? '' : '.'.repeat(80) };
		this.#sweeps.set(key, sweep);
		const asks = carrier && !rests ? [{ what: 'flow', environment: '', flow: '', after: 0, number: sweep.fed.length }] : [];
		return JSON.stringify({ keep: { [key]: sweep, [`${key}:0`]: [] }, asks, ...(carrier ? { carrier } : {}), wants_carrier: !carrier });
	}
	local(items) {
		this.items = JSON.parse(items);
	}
	holds(key) {
		return this.#sessions.has(key);
	}
	restore(key, state) {
		const stored = JSON.parse(state);
		if (Array.isArray(stored)) {
			for (const event of stored) this.feed(key, JSON.stringify(event), []);
			return true;
		}
		const { fed, flow } = stored;
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
		const keep = event.kind === 'intend' ? { settings: { accounts: event.accounts } } : {};
		Object.assign(this.items, keep);
		return JSON.stringify({
			version: 1,
			changed: true,
			badge: session.flow ? String(session.fed.length) : '',
			paint: event.kind === 'hidden' ? undefined : this.#paint(session),
			asks: event.kind === 'captured' ? [{ what: 'flow', environment: '', flow: '', after: 0 }] : [],
			reveal: event.kind === 'step' ? { node: `n${session.fed.length}`, path: [], title: '' } : undefined,
			keep,
		});
	}
	#paint(session) {
		return { bar: session.flow ? { flow: session.flow } : null, marks: {}, highlight: false, owners: false, accounts: this.items.settings?.accounts };
	}
}
