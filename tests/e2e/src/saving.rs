//! What the browser saves as files: really, into a folder of the stage's own, and without a question.

use std::path::PathBuf;

use serde_json::json;

use crate::browser::Stage;
use crate::failure::Outcome;
use crate::look::Browser;
use crate::wait::wait_for;

/// To Firefox, which asks nobody where it has a folder.
const PREFER: &str = "const [folder, done] = arguments; \
    Services.prefs.setIntPref('browser.download.folderList', 2); Services.prefs.setStringPref('browser.download.dir', folder); \
    Services.prefs.setBoolPref('browser.download.useDownloadDir', true); Services.prefs.setBoolPref('browser.download.alwaysOpenPanel', false); \
    Services.prefs.setBoolPref('browser.download.always_ask_before_handling_new_types', false); done(true)";

impl Stage {
    /// From now on what is saved goes into a folder of the stage's. The panel must be the present window.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn save_here(&self) -> Outcome<PathBuf> {
        let folder = self.folder().join("saved");
        std::fs::create_dir_all(&folder)?;
        match self.browser {
            Browser::Chromium => self.cdp("Browser.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": folder })).await?,
            Browser::Firefox => self.chrome(PREFER, vec![json!(folder)]).await?,
        };
        Ok(folder)
    }

    /// The text of a saved file, once it is whole: a browser writes into a file of another name, or leaves an empty one in its place, until then.
    ///
    /// # Errors
    /// Where it doesn't come.
    pub async fn saved(&self, name: &str) -> Outcome<String> {
        let folder = self.folder().join("saved");
        wait_for(&format!("{name} on disk"), async || {
            let is_writing =
                std::fs::read_dir(&folder)?.flatten().any(|entry| entry.path().extension().is_some_and(|kind| kind == "part" || kind == "crdownload"));
            let text = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
            Ok((!is_writing && !text.is_empty()).then_some(text))
        })
        .await
    }
}
