import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../../dist/chromium/', import.meta.url));

/** In bytes, packed. What is aimed at stands in docs/speed.md; these are what was reached: more than this must be wanted, and changed here. */
const BUDGETS = { wasm: 675_000, bindings: 11_000, written: 86_000 };

/** @param {string} file */
const kindOf = (file) => (file.endsWith('.wasm') ? 'wasm' : file.startsWith('wasm/') ? 'bindings' : /\.(?:js|css|html)$/.test(file) ? 'written' : undefined);

test('what ships stays within its budgets', () => {
	/** @type {Record<string, number>} */
	const sizes = { wasm: 0, bindings: 0, written: 0 };
	for (const file of readdirSync(PACKAGE, { recursive: true, encoding: 'utf8' })) {
		const kind = kindOf(file.replaceAll('\\', '/'));
		if (kind) sizes[kind] += brotliCompressSync(readFileSync(join(PACKAGE, file))).length;
	}
	for (const [kind, most] of Object.entries(BUDGETS)) {
		assert.ok(sizes[kind] > 0, `the package holds no ${kind}`);
		assert.ok(sizes[kind] <= most, `${kind}: ${sizes[kind]} bytes packed, of ${most}`);
	}
});
