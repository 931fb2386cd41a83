/**
 * The panel's place at the browser's side: `sidePanel` in Chromium, `sidebarAction` in Firefox. What is there is used; nobody asks which browser this is.
 */
const { sidePanel, sidebarAction } = chrome;

/** The commands that open the panel by a key: one of them stands in each browser's manifest. */
const COMMANDS = new Set(['_execute_action', '_execute_sidebar_action']);

/** The key that opens the panel; empty where the person took it away. */
const key = async () => (await chrome.commands.getAll()).find(({ name }) => name !== undefined && COMMANDS.has(name))?.shortcut ?? '';

/**
 * Opens the panel for a tab. To be called at once and by itself: after any `await` the browser no longer sees the press behind it.
 * Firefox takes only a press on its own parts for one, never one inside a page: then the answer names the key for the person to press.
 * @param {{ id: number, windowId: number }} tab @returns {Promise<{ key?: string }>}
 */
export const open = async ({ id: tabId, windowId }) => {
	try {
		await (sidePanel ? sidePanel.open({ tabId }) : sidebarAction?.open());
		return {};
	} catch {
		const isOpen = sidePanel ? false : await sidebarAction?.isOpen({ windowId }).catch(() => false);
		return isOpen ? {} : { key: await key() };
	}
};

/** The toolbar's button opens and closes it. To be called at each start, before anything is awaited. */
export const followButton = () => {
	sidePanel?.setPanelBehavior({ openPanelOnActionClick: true }).catch(() => {});
	if (sidebarAction) chrome.action.onClicked.addListener(() => void sidebarAction.toggle());
};
