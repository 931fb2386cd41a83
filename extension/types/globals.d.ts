// What TypeScript's checker needs to know beyond its own libraries. Nothing here ships.

/** Options without a prototype: see page.js. */
interface MutationObserverInit {
	__proto__?: null;
}
interface EventInit {
	__proto__?: null;
}

/** Firefox's side; the types for Chromium don't know it. */
declare namespace chrome {
	const sidebarAction: { open(): Promise<void>; toggle(): Promise<void>; isOpen(where: { windowId: number }): Promise<boolean> } | undefined;
}

/** Built from src/browser by `cargo xtask build`. */
declare module '*/wasm/connection_lens.js' {
	export default function init(options: { module_or_path: string }): Promise<unknown>;
	export function panel(): Promise<void>;
	export function sweep(): Promise<void>;
	export function sweep_keys(key: string, head: string): string;
	export function contracts(state: string, local: string): string;
	export function shapes(state: string, local: string, versions: string, counts: string): string;
	export function explained(state: string, local: string): string;
	export function accounts_seen(state: string, local: string): string;
	export function account(typed: string): string | undefined;
	export function connectors(): string;
	export function connector_called(id: string): string;
	export function policy(local: string): string;
	export function settings_file(local: string): string;
	export function from_settings_file(text: string, local: string): string;
	export class Lens {
		local(items: string): void;
		holds(key: string): boolean;
		restore(key: string, state: string): boolean;
		state(key: string): string;
		forget(key: string): void;
		feed(key: string, event: string, body: Uint8Array): string;
		whereabouts(document: string): string | undefined;
		holds_sweep(key: string): boolean;
		restore_sweep(key: string, items: string): void;
		forget_sweep(key: string): void;
		feed_sweep(key: string, event: string, from: string, body: Uint8Array): string;
		look_sweep(key: string, document: string, at: number): string | undefined;
	}
}
