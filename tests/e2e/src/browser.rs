//! The stage: browser, driver, profile, portal.

use std::path::Path;
use std::sync::Arc;

use practice_portal::{Options, Portal};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{WebDriver, WindowHandle};
use tokio::process::Child;

use crate::failure::{Failure, Outcome};
use crate::launch;
use crate::policy::Policy;
use crate::wait::wait_for;

/// How the stage is set.
#[derive(Clone)]
pub struct Look {
    /// The portal's scenario and ways.
    pub portal: Options,
    /// Without a window.
    pub headless: bool,
    /// Whether the system asks for dark colours.
    pub dark: bool,
    /// The window's size, in CSS pixels.
    pub size: (u32, u32),
    /// Separate clouds' portals that are allowed from the start: what a person allows in the options, which no test can press for them.
    pub allowed: Vec<&'static str>,
    /// Without the extension: to compare what the page does by itself.
    pub bare: bool,
    /// What an organisation says by policy. The package then has an id of its own, so that no other browser hears of it.
    pub policy: Option<Policy>,
    /// Message by message, what stands in place of the package's English: to see a sentence that is in no catalogue.
    pub say: Option<fn(&str) -> String>,
    /// The browser's language, with its catalogue.
    pub language: &'static str,
}

impl Look {
    /// A headless browser of a usual size on a scenario.
    #[must_use]
    pub fn at(scenario: &str) -> Self {
        Self {
            portal: Options { scenario: scenario.to_owned(), ..Options::default() },
            headless: true,
            dark: false,
            size: (1400, 900),
            allowed: Vec::new(),
            bare: false,
            policy: None,
            say: None,
            language: "en-US",
        }
    }
}

/// One browser with its own profile, and a portal of its own.
pub struct Stage {
    /// The driver's end.
    pub driver: WebDriver,
    /// The portal.
    pub portal: Arc<Portal>,
    /// The window with the portal's page.
    pub page: WindowHandle,
    chromedriver: Child,
    /// The browser's process, until it is closed in order.
    browser: Option<u64>,
    folder: TempDir,
    look: Look,
}

impl Stage {
    /// Sets the stage and opens the scenario's main flow.
    ///
    /// # Errors
    /// Where browser, driver or portal don't start.
    pub async fn open(look: Look) -> Outcome<Self> {
        let portal = Portal::start(look.portal.clone()).await.map_err(|error| Failure::new(format!("the portal: {error}")))?;
        let folder = tempfile::Builder::new().prefix("connection-lens-").tempdir()?;
        launch::prepare(&look, folder.path())?;
        let stage = Self::started(look, Arc::new(portal), folder).await?;
        if !stage.look.bare {
            stage.put_away_greeting().await?;
        }
        stage.go(&stage.portal.url()).await?;
        Ok(stage)
    }

    async fn started(look: Look, portal: Arc<Portal>, folder: TempDir) -> Outcome<Self> {
        let capabilities = launch::capabilities(&look, &portal, folder.path())?;
        let (chromedriver, port) = launch::driver().await?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?;
        let page = driver.window().await?;
        let browser = driver.capabilities().get("goog:processID").and_then(Value::as_u64);
        let stage = Self { driver, portal, page, chromedriver, browser, folder, look };
        stage.ask_for(stage.look.dark).await?;
        Ok(stage)
    }

    /// Closes the browser and opens it again with what it kept on disk, at the same portal with everything that was changed there.
    ///
    /// # Errors
    /// Where it doesn't close or start.
    pub async fn restarted(mut self) -> Outcome<Self> {
        self.driver.clone().quit().await?;
        let ended = self.browser.take();
        if let Some(browser) = ended {
            launch::end(browser);
        }
        let (look, portal, folder) = (self.look.clone(), Arc::clone(&self.portal), std::mem::replace(&mut self.folder, tempfile::tempdir()?));
        drop(self);
        let stage = Self::started(look, portal, folder).await?;
        stage.go(&stage.portal.url()).await?;
        Ok(stage)
    }

    /// The page that greets whoever installs the extension stands in a tab of its own, in front.
    async fn put_away_greeting(&self) -> Outcome<()> {
        let greeting = wait_for("the first-run page", async || Ok(self.windows("/first-run/").await?.into_iter().next())).await?;
        self.driver.switch_to_window(greeting).await?;
        self.driver.close_window().await?;
        self.to_page().await
    }

    /// The folder of this browser alone, with its profile and its copy of the package. It is removed with the stage.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Opens an address in the portal's window.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn go(&self, address: &str) -> Outcome<()> {
        self.to_page().await?;
        Ok(self.driver.goto(address).await?)
    }

    /// Turns to the portal's window.
    ///
    /// # Errors
    /// Where it is gone.
    pub async fn to_page(&self) -> Outcome<()> {
        Ok(self.driver.switch_to_window(self.page.clone()).await?)
    }

    /// A command to the browser itself, in the present window.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Outcome<Value> {
        self.driver.cdp().send_raw(method, parameters).await.map_err(|error| Failure::new(format!("{method}: {error}")))
    }

    /// In the present window: whether the system asks for dark colours. And nothing on its way from one colour to another when a picture is taken.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn ask_for(&self, dark: bool) -> Outcome<()> {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }, { "name": "prefers-color-scheme", "value": scheme }]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(drop)
    }

    /// A script's value, in the present window.
    ///
    /// # Errors
    /// Where the script throws.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// A picture of the present window.
    ///
    /// # Errors
    /// Where it can't be taken or written.
    pub async fn picture(&self, file: &Path) -> Outcome<()> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(self.driver.screenshot(file).await?)
    }

    /// The windows whose address holds this.
    ///
    /// # Errors
    /// Where the browser is gone.
    pub async fn windows(&self, address: &str) -> Outcome<Vec<WindowHandle>> {
        let mut found = Vec::new();
        let now = self.driver.window().await.ok();
        for handle in self.driver.windows().await? {
            // A window may close while we look.
            if self.driver.switch_to_window(handle.clone()).await.is_ok() && self.driver.current_url().await.is_ok_and(|url| url.as_str().contains(address)) {
                found.push(handle);
            }
        }
        if let Some(now) = now {
            self.driver.switch_to_window(now).await.ok();
        }
        Ok(found)
    }

    /// Opens another tab of the portal and turns to it.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn new_tab(&self, address: &str) -> Outcome<WindowHandle> {
        let handle = self.driver.new_tab().await?;
        self.driver.switch_to_window(handle.clone()).await?;
        self.driver.goto(address).await?;
        Ok(handle)
    }

    /// Closes the browser in order.
    ///
    /// # Errors
    /// Where it is gone already.
    pub async fn close(mut self) -> Outcome<()> {
        self.driver.clone().quit().await?;
        self.browser = None;
        Ok(())
    }

    /// Waits until the practice portal's designer shows its first card.
    ///
    /// # Errors
    /// Where it doesn't.
    pub async fn designer(&self) -> Outcome<()> {
        self.to_page().await?;
        let script = "return document.querySelectorAll('.react-flow__node [id^=\"msla-node-\"]').length";
        wait_for("the designer", async || Ok(self.script(script, vec![]).await?.as_u64().filter(|count| *count > 0))).await.map(drop)
    }
}

/// A test that fails closes nothing: then browser and driver are ended, and the folder goes. The driver's own way takes minutes here, as the
/// portal can't answer the browser any more.
impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(browser) = self.browser {
            // Refused where it was closed already, which is as well.
            let _ = self.driver.clone().leak();
            launch::end(browser);
        }
        let _ = self.chromedriver.start_kill();
        launch::remove(self.folder.path());
    }
}
