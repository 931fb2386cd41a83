/**
 * Microsoft's separate clouds. Nothing of ours runs there until a person allows one in the options; then the same scripts as in the manifest are
 * registered for its portals. An update of the extension clears what was registered, so it is done again whenever the worker may have missed something.
 */

/** @typedef {{ id: string, name: string, origins: string[] }} Cloud `name`: a message's name */

/** By Microsoft's own lists, seen November 2026. The hosts of their services stand in page.js. @type {Cloud[]} */
export const clouds = [
	{ id: 'gcc', name: 'clouds_gcc', origins: ['https://make.gov.powerautomate.us/*', 'https://make.gov.powerapps.us/*'] },
	{ id: 'gcc-high', name: 'clouds_gcc_high', origins: ['https://make.high.powerautomate.us/*', 'https://make.high.powerapps.us/*'] },
	{ id: 'dod', name: 'clouds_dod', origins: ['https://make.powerautomate.appsplatform.us/*', 'https://make.apps.appsplatform.us/*'] },
	{ id: 'china', name: 'clouds_china', origins: ['https://make.powerautomate.cn/*', 'https://make.powerapps.cn/*'] },
];

/** What a person has to allow for a cloud. @param {Cloud} cloud @returns {chrome.permissions.Permissions} */
export const wish = ({ origins }) => ({ permissions: ['scripting'], origins });

/** @param {Cloud} cloud */
export const isAllowed = (cloud) => chrome.permissions.contains(wish(cloud));

/** Firefox tells the manifest's files with their whole addresses, and none by `null`; it takes them back by their paths only. @param {string[] | null | undefined} paths */
const within = (paths) => (paths ?? []).map((path) => path.replace(chrome.runtime.getURL(''), ''));

/** The manifest's two entries, for a cloud's portals. @param {Cloud} cloud @returns {chrome.scripting.RegisteredContentScript[]} */
const scriptsOf = ({ id, origins }) => {
	/** @type {{ js?: string[] | null, css?: string[] | null, world?: 'MAIN' }[]} */
	const entries = chrome.runtime.getManifest().content_scripts ?? [];
	return entries.map(({ js, css, world }) => ({
		id: `${id}-${world ?? 'ISOLATED'}`,
		matches: origins,
		js: within(js),
		css: within(css),
		world: world ?? 'ISOLATED',
		allFrames: true,
		runAt: 'document_start',
		persistAcrossSessions: true,
	}));
};

/** Registers the scripts of every cloud that is allowed, and takes back all others. */
export const register = async () => {
	if (!chrome.scripting) return;
	const allowed = [];
	for (const cloud of clouds) if (await isAllowed(cloud)) allowed.push(...scriptsOf(cloud));
	const registered = await chrome.scripting.getRegisteredContentScripts();
	if (registered.length > 0) await chrome.scripting.unregisterContentScripts({ ids: registered.map(({ id }) => id) });
	if (allowed.length > 0) await chrome.scripting.registerContentScripts(allowed);
};
