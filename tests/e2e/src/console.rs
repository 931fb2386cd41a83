//! What the browser complains about.

use std::fmt;

use crate::browser::Stage;
use crate::failure::Outcome;
use crate::firefox::ID;
use crate::look::{Browser, Change};
use crate::package::CHROMIUM_ID;

/// A line on the console of a page, the panel or an extension's page.
#[derive(Debug, Clone)]
pub struct Said {
    /// How bad: `DEBUG`, `INFO`, `WARNING`, `SEVERE`.
    pub level: String,
    /// Address, line and words.
    pub text: String,
}

impl Said {
    /// Whether it is about us: said by the extension's own files, or naming them.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        [Browser::Chromium.scheme(), Browser::Firefox.scheme(), ID].iter().any(|ours| self.text.contains(ours))
    }

    /// Whether something went wrong.
    #[must_use]
    pub fn is_complaint(&self) -> bool {
        ["WARNING", "SEVERE"].contains(&self.level.as_str())
    }

    /// What Firefox says of its own (seen in 153): when an extension's page that hears of storage is shut; and when a page is left while an answer to what it
    /// said last, namely that it is left, is on its way; and when a background is stopped while something is being written to disk, which nobody is there to hear of.
    fn is_firefoxs_own(&self) -> bool {
        let inactive = ["Promise resolved while context is inactive", "after context unloaded"];
        self.text.contains("on closed conduit") && self.text.contains("resource://gre/") || inactive.iter().any(|words| self.text.contains(words))
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.level, self.text)
    }
}

/// Everything since the last time, of every page and context: script errors come to the browser's own process, `console.*` stays where it was said.
const FIREFOXS: &str = "const done = arguments[0]; \
    const level = (said) => !(said instanceof Ci.nsIScriptError) || said.flags & Ci.nsIScriptError.infoFlag ? 'INFO' : said.flags & Ci.nsIScriptError.warningFlag ? 'WARNING' : 'SEVERE'; \
    const told = Services.console.getMessageArray().map((said) => [level(said), String(said.message ?? said)]); \
    Services.console.reset(); \
    const inEach = `{ \
        const levels = { error: 'SEVERE', assert: 'SEVERE', exception: 'SEVERE', warn: 'WARNING', debug: 'DEBUG' }; \
        const storage = Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage); \
        const lines = storage.getEvents().map((said) => [levels[said.level] ?? 'INFO', [said.filename, said.addonId, ...said.arguments.map(String)].join(' ')]); \
        storage.clearEvents(); \
        sendAsyncMessage('said', lines); \
    }`; \
    const processes = Array.from({ length: Services.ppmm.childCount }, (_, at) => Services.ppmm.getChildAt(at)).filter(({ isInProcess }) => !isInProcess); \
    let left = processes.length; \
    const end = () => { Services.ppmm.removeMessageListener('said', heard); done(told); }; \
    const heard = ({ data }) => { told.push(...data); left -= 1; if (left === 0) end(); }; \
    Services.ppmm.addMessageListener('said', heard); \
    for (const process of processes) process.loadProcessScript(`data:text/javascript;charset=utf-8,${encodeURIComponent(inEach)}`, false); \
    setTimeout(() => left > 0 && end(), 2000)";

/// What a service worker says is on nobody's console that Chromium's driver tells of. With this its complaints are put beside what the extension stores, each once in a worker's life.
pub(crate) const WITH_EARS: Change = ("background.js", with_ears);

fn with_ears(background: &str) -> String {
    let ears = "{ let writing = Promise.resolve(); const known = new Set(); \
        const hear = (...words) => { const line = words.map(String).join(' '); if (known.has(line)) return; known.add(line); \
            writing = writing.then(async () => { const { heard = [] } = await chrome.storage.session.get('heard'); await chrome.storage.session.set({ heard: [...heard, line] }); }).catch(() => {}); }; \
        for (const level of ['warn', 'error']) { const say = console[level].bind(console); console[level] = (...words) => { say(...words); hear(`${level}:`, ...words); }; } \
        addEventListener('error', ({ message }) => hear('error:', message)); \
        addEventListener('unhandledrejection', ({ reason }) => hear('rejection:', reason)); }";
    // First of all: whatever the script itself does is heard.
    format!("{ears}\n{background}")
}

const HEARD: &str = "const done = arguments[0]; chrome.storage.session.get('heard').then(async ({ heard = [] }) => { await chrome.storage.session.remove('heard'); done(heard); }, (error) => done([String(error)]))";

impl Stage {
    /// What was said since the last time: script errors, refused requests and `console.*`. Chromium tells of the present window's console, Firefox of all.
    ///
    /// # Errors
    /// Where the driver doesn't tell.
    pub async fn console(&self) -> Outcome<Vec<Said>> {
        if self.browser == Browser::Chromium {
            return Ok(self.driver.get_log("browser").await?.into_iter().map(|entry| Said { level: entry.level, text: entry.message }).collect());
        }
        let told = self.chrome(FIREFOXS, vec![]).await?;
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let said = told.as_array().into_iter().flatten().map(|line| Said { level: text(&line[0]), text: text(&line[1]) });
        Ok(said.filter(|said| !said.is_firefoxs_own()).collect())
    }

    /// What is complained of in our own files' names, since the last time; and by the background, where the stage has ears for it.
    ///
    /// # Errors
    /// Where the driver doesn't tell.
    pub async fn complaints(&self) -> Outcome<Vec<String>> {
        let mut complaints: Vec<String> =
            self.console().await?.into_iter().filter(|said| said.is_ours() && said.is_complaint()).map(|said| said.to_string()).collect();
        if self.hears_worker() {
            complaints.extend(self.heard_of_worker().await?);
        }
        Ok(complaints)
    }

    /// What the ears in Chromium's worker heard, read in the panel, or in another page of the extension's where none is open.
    async fn heard_of_worker(&self) -> Outcome<Vec<String>> {
        let now = self.driver.window().await?;
        let heard = if let Some(panel) = self.panel_windows().await?.first() {
            self.to_window(panel).await?;
            self.ask(HEARD, vec![]).await?
        } else {
            self.new_tab(&format!("{}{CHROMIUM_ID}/options/options.html", self.browser.scheme())).await?;
            let heard = self.ask(HEARD, vec![]).await?;
            self.driver.close_window().await?;
            heard
        };
        self.to_window(&now).await?;
        let heard: Vec<String> = serde_json::from_value(heard)?;
        Ok(heard.into_iter().map(|line| format!("the background: {line}")).collect())
    }
}
