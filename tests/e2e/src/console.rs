//! What the browser complains about.

use std::fmt;

use crate::browser::Stage;
use crate::failure::Outcome;
use crate::firefox::ID;
use crate::look::Browser;

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

    /// What is complained of in our own files' names, since the last time.
    ///
    /// # Errors
    /// Where the driver doesn't tell.
    pub async fn complaints(&self) -> Outcome<Vec<String>> {
        Ok(self.console().await?.into_iter().filter(|said| said.is_ours() && said.is_complaint()).map(|said| said.to_string()).collect())
    }
}
