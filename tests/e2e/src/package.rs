//! What becomes of the package while the browser runs: reloaded, updated, switched off.

use serde_json::json;
use thirtyfour::WindowHandle;

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

    /// Lets the extension into private windows, as a person does on the browser's page for extensions.
    ///
    /// # Errors
    /// Where the browser doesn't.
    pub(crate) async fn allow_private(&self) -> Outcome<()> {
        if self.browser == Browser::Firefox {
            return self.install(&self.package, true).await;
        }
        // The browser starts the extension anew for it, and answers before that is done: a page that loads meanwhile would be without it.
        let script = "const isOn = async () => { const { state, incognitoAccess } = await chrome.developerPrivate.getExtensionInfo(id); return state === 'ENABLED' && incognitoAccess.isActive; }; \
            const on = async () => { while (!(await isOn())) await new Promise((resolve) => setTimeout(resolve, 50)); }; \
            chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }) \
            .then(() => chrome.developerPrivate.updateExtensionConfiguration({ extensionId: id, incognitoAccess: true })).then(on).then(() => done(true), (error) => done(String(error)))";
        self.on_extensions_page(script).await
    }

    /// Opens a private window and turns to it. The extension must be allowed there, or it isn't there.
    ///
    /// # Errors
    /// Where it doesn't open.
    pub async fn private_window(&self) -> Outcome<WindowHandle> {
        let before = self.driver.windows().await?;
        match self.browser {
            Browser::Chromium => {
                // Only a page of the extension, or a person, opens one.
                self.new_tab(&format!("chrome-extension://{CHROMIUM_ID}/options/options.html")).await?;
                let script = "const done = arguments[0]; chrome.windows.create({ incognito: true, url: 'https://make.powerautomate.com/practice/session' }).then(() => done(true), (error) => done(String(error)))";
                let told = self.ask(script, vec![]).await?;
                self.driver.close_window().await?;
                self.to_page().await?;
                if told != json!(true) {
                    return Err(Failure::new(format!("a private window: {told}")));
                }
            }
            Browser::Firefox => {
                let script = "const done = arguments[0]; const made = OpenBrowserWindow({ private: true }); made.addEventListener('load', () => done(true), { once: true })";
                self.chrome(script, vec![]).await?;
            }
        }
        let made = wait_for("the private window", async || Ok(self.driver.windows().await?.into_iter().find(|window| !before.contains(window)))).await?;
        self.to_window(&made).await?;
        Ok(made)
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
