//! What becomes of the package while the browser runs: reloaded, updated, switched off.

use serde_json::json;

use crate::browser::Stage;
use crate::failure::{Failure, Outcome};
use crate::look::Browser;
use crate::wait::wait_for;

/// The extension's id in Chromium, which follows from the key in its manifest.
pub(crate) const CHROMIUM_ID: &str = "fkfbhdheebkbjoehkhgnfkejjkidpbpd";

impl Stage {
    /// Loads the package's folder anew, as an update does; the browser's own page for extensions has a button for it.
    ///
    /// # Errors
    /// Where the browser doesn't.
    pub async fn reload_extension(&self) -> Outcome<()> {
        match self.browser {
            Browser::Chromium => {
                // Unpacked extensions are reloaded for developers only.
                self.on_extensions_page("chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }).then(() => chrome.developerPrivate.reload(id, { failQuietly: true })).then(() => done(true), (error) => done(String(error)))").await
            }
            Browser::Firefox => self.install(&self.package, false).await,
        }
    }

    /// The same with a newer version in its manifest.
    ///
    /// # Errors
    /// Where the browser doesn't take it.
    pub async fn update_extension(&self) -> Outcome<()> {
        let path = self.package.join("manifest.json");
        let mut manifest: serde_json::Value = serde_json::from_slice(&std::fs::read(&path)?)?;
        if let Some(fields) = manifest.as_object_mut() {
            fields.insert("version".to_owned(), json!("9999.0"));
        }
        std::fs::write(path, manifest.to_string())?;
        self.reload_extension().await
    }

    /// Switches the extension off.
    ///
    /// # Errors
    /// Where the browser doesn't.
    pub async fn disable_extension(&self) -> Outcome<()> {
        match self.browser {
            Browser::Chromium => {
                self.on_extensions_page("chrome.management.setEnabled(id, false).then(() => done(true), (error) => done(String(error)))").await
            }
            Browser::Firefox => self.enable(false).await,
        }
    }

    /// What a person presses on Chromium's page for extensions, in a tab of its own that is closed again.
    pub(crate) async fn on_extensions_page(&self, script: &str) -> Outcome<()> {
        let tab = self.new_tab("chrome://extensions/").await?;
        let is_there = "return document.querySelector('extensions-manager') !== null";
        wait_for("the page for extensions", async || Ok((self.script(is_there, vec![]).await? == json!(true)).then_some(()))).await?;
        let told = self.ask(&format!("const [id, done] = arguments; {script}"), vec![json!(CHROMIUM_ID)]).await?;
        self.to_window(&tab).await?;
        self.driver.close_window().await?;
        self.to_page().await?;
        if told == json!(true) { Ok(()) } else { Err(Failure::new(format!("the page for extensions: {told}"))) }
    }
}
