// Runs in Firefox's own window: sends a script into the process of the page in front, or of the sidebar, and answers with its value.
const [place, script, given, done] = arguments;
const { SidebarController: side, gBrowser } = window;

const target = () => {
	if (place === 'page') return gBrowser.selectedBrowser;
	if (!side.isOpen || side.currentID !== 'connection-lens_extension-sidebar-action') return undefined;
	return side.browser.contentDocument?.getElementById('webext-panels-browser');
};

/** In the page: with the browser's rights, for what no page may see. @param {string} name */
const inPage = (name) => `try {
	sendAsyncMessage(${name}, JSON.stringify({ value: (function () { ${script} })(...${JSON.stringify(given)}) ?? null }));
} catch (error) {
	sendAsyncMessage(${name}, JSON.stringify({ error: String(error) }));
}`;

/** In the sidebar: with its page's own rights, as WebDriver runs a script in a tab. @param {string} name */
const inSidebar = (name) => `{
	const answer = (told) => sendAsyncMessage(${name}, String(told));
	const failed = (error) => answer(JSON.stringify({ error: String(error) }));
	const box = Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
	try {
		Cu.evalInSandbox(${JSON.stringify(`new Promise((done, failed) => {
			try {
				(function () { ${script} }).apply(window, [...${JSON.stringify(given)}, done]);
			} catch (error) {
				failed(error);
			}
		}).then((value) => JSON.stringify({ value: value ?? null }), (error) => JSON.stringify({ error: String(error) }))`)}, box).then(answer, failed);
	} catch (error) {
		failed(error);
	}
}`;

const { messageManager } = target() ?? {};
if (messageManager) {
	const name = `told ${Math.random()}`;
	messageManager.addMessageListener(name, function heard({ data }) {
		messageManager.removeMessageListener(name, heard);
		done(JSON.parse(data));
	});
	const source = (place === 'page' ? inPage : inSidebar)(JSON.stringify(name));
	messageManager.loadFrameScript(`data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`, false);
} else {
	done({ error: `there is no ${place} here` });
}
