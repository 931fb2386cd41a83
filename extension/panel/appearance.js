/** How a person wants the extension's own pages to look: kept in local storage under `appearance`, followed as it changes. */

const root = document.documentElement;

/** @param {{ theme?: string, colours?: string } | undefined} appearance */
const wear = ({ theme = 'system', colours = 'standard' } = {}) => {
	root.dataset.theme = theme;
	root.dataset.colours = colours;
};

/** Dresses the page, and keeps it so. */
export const dress = async () => {
	chrome.storage.onChanged.addListener(({ appearance }, area) => {
		if (area === 'local' && appearance) wear(/** @type {any} */ (appearance.newValue));
	});
	wear(/** @type {any} */ ((await chrome.storage.local.get('appearance')).appearance));
	// The catalogue's own language: the browser may speak another one.
	root.lang = chrome.i18n.getMessage('panel_language');
	root.dir = chrome.i18n.getMessage('panel_direction');
};
