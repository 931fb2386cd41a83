//! The stage: browser, driver, profile, portal.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use practice_portal::Portal;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{WebDriver, WindowHandle};
use tokio::process::Child;

use crate::failure::{Failure, Outcome};
use crate::firefox::Inside;
use crate::look::{Browser, Look};
use crate::wait::wait_for;
use crate::{chromium, firefox, launch};

/// One browser with its own profile, and a portal of its own.
pub struct Stage {
    /// Which browser it is.
    pub browser: Browser,
    /// The driver's end.
    pub driver: WebDriver,
    /// The portal.
    pub portal: Arc<Portal>,
    /// The window with the portal's page.
    pub page: WindowHandle,
    /// The package's copy.
    pub package: PathBuf,
    /// Whether scripts go to Firefox's sidebar, which is no window to the driver.
    at_sidebar: AtomicBool,
    child: Child,
    /// The browser's process, until it is closed in order.
    process: Option<u64>,
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
        let package = launch::package(&look, folder.path())?;
        let stage = Self::started(look, Arc::new(portal), folder, package).await?;
        if !stage.look.bare {
            stage.put_away_greeting().await?;
        }
        if stage.look.private {
            // It starts the extension anew, whose pages go with it: only now.
            stage.allow_private().await?;
        }
        stage.go(&stage.portal.url()).await?;
        Ok(stage)
    }

    async fn started(look: Look, portal: Arc<Portal>, folder: TempDir, package: PathBuf) -> Outcome<Self> {
        let ((child, port), capabilities) = match look.browser {
            Browser::Chromium => (chromium::driver().await?, chromium::capabilities(&look, &portal, folder.path(), &package)?),
            Browser::Firefox => (firefox::driver(folder.path()).await?, firefox::capabilities(&look, &portal)?),
        };
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?;
        let page = driver.window().await?;
        let process = ["goog:processID", "moz:processID"].iter().find_map(|name| driver.capabilities().get(name).and_then(Value::as_u64));
        let stage = Self { browser: look.browser, driver, portal, page, package, at_sidebar: AtomicBool::new(false), child, process, folder, look };
        stage.ask_for(stage.look.dark).await?;
        if stage.browser == Browser::Firefox && !stage.look.bare {
            stage.install(&stage.package, false).await?;
        }
        Ok(stage)
    }

    /// Closes the browser and opens it again with what it kept on disk, at the same portal with everything that was changed there.
    ///
    /// # Errors
    /// Where it doesn't close or start.
    pub async fn restarted(mut self) -> Outcome<Self> {
        self.driver.clone().quit().await?;
        if let Some(process) = self.process.take() {
            launch::end(process);
        }
        let (look, portal, package) = (self.look.clone(), Arc::clone(&self.portal), self.package.clone());
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir()?);
        drop(self);
        let stage = Self::started(look, portal, folder, package).await?;
        stage.go(&stage.portal.url()).await?;
        Ok(stage)
    }

    /// The page that greets whoever installs the extension stands in a tab of its own, in front.
    async fn put_away_greeting(&self) -> Outcome<()> {
        let greeting = wait_for("the first-run page", async || Ok(self.windows("/first-run/").await?.into_iter().next())).await?;
        self.to_window(&greeting).await?;
        // Closed while it still reads, Firefox would complain of it.
        wait_for("the first-run page's end", async || {
            Ok((self.script("return document.querySelector('main') !== null", vec![]).await? == json!(true)).then_some(()))
        })
        .await?;
        self.driver.close_window().await?;
        self.to_page().await
    }

    /// Whether Chromium's worker has ears in this stage's copy of the package.
    pub(crate) fn hears_worker(&self) -> bool {
        self.look.heard && self.browser == Browser::Chromium
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
        self.to_window(&self.page).await
    }

    /// Turns to a window.
    ///
    /// # Errors
    /// Where it is gone.
    pub async fn to_window(&self, window: &WindowHandle) -> Outcome<()> {
        self.at_sidebar.store(false, Ordering::Relaxed);
        Ok(self.driver.switch_to_window(window.clone()).await?)
    }

    /// Turns to a tab and brings it before the others of its window, as a press on it does.
    ///
    /// # Errors
    /// Where it is gone.
    pub async fn to_front(&self, tab: &WindowHandle) -> Outcome<()> {
        self.to_window(tab).await?;
        match self.browser {
            Browser::Chromium => self.cdp("Page.bringToFront", json!({})).await.map(drop),
            // Firefox has done so.
            Browser::Firefox => Ok(()),
        }
    }

    pub(crate) fn look_at_sidebar(&self) {
        self.at_sidebar.store(true, Ordering::Relaxed);
    }

    /// In the present window (in Firefox everywhere): whether the system asks for dark colours. And nothing on its way from one colour to another when
    /// a picture is taken.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn ask_for(&self, dark: bool) -> Outcome<()> {
        match self.browser {
            Browser::Chromium => {
                let scheme = if dark { "dark" } else { "light" };
                let features = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }, { "name": "prefers-color-scheme", "value": scheme }]);
                self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(drop)
            }
            Browser::Firefox => {
                let script = "const [dark, done] = arguments; Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', dark ? 0 : 1); Services.prefs.setIntPref('ui.prefersReducedMotion', 1); done(true)";
                self.chrome(script, vec![json!(dark)]).await.map(drop)
            }
        }
    }

    /// In Chromium, in the present window: what the system asks for (`forced-colors`, `prefers-reduced-motion`, …). What isn't named is as the machine has it.
    ///
    /// # Errors
    /// Where the browser refuses, or is another one.
    pub async fn system_asks(&self, wishes: &[(&str, &str)]) -> Outcome<()> {
        let features: Vec<Value> = wishes.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        let is_heard = "return arguments[0].every(([name, value]) => matchMedia(`(${name}: ${value})`).matches)";
        wait_for("the system's wishes", async || Ok((self.script(is_heard, vec![json!(wishes)]).await? == json!(true)).then_some(()))).await
    }

    /// A script's value, in the present window.
    ///
    /// # Errors
    /// Where the script throws.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        if self.at_sidebar.load(Ordering::Relaxed) {
            let script = format!("const given = [...arguments]; const done = given.pop(); done((function () {{ {script} }}).apply(window, given))");
            return self.inside(Inside::Sidebar, &script, &arguments).await;
        }
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// What a script answers in its own time, in the present window: its last argument takes the answer.
    ///
    /// # Errors
    /// Where the script throws.
    pub async fn ask(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        if self.at_sidebar.load(Ordering::Relaxed) {
            return self.inside(Inside::Sidebar, script, &arguments).await;
        }
        Ok(self.driver.execute_async(script, arguments).await?.json().clone())
    }

    /// What a script of the page's own answers, in the present window: what it changes is changed for the page. (In Firefox the driver's scripts see the
    /// browser's unspoilt objects instead of the page's.) The code is the body of an async function.
    ///
    /// # Errors
    /// Where the page forbids scripts in its text, or the code throws.
    pub async fn in_page(&self, code: &str, arguments: Vec<Value>) -> Outcome<Value> {
        let script = "const [code, given, done] = arguments; const name = 'told-' + Math.random(); \
            window.addEventListener(name, ({ detail }) => done(detail), { once: true }); \
            const element = document.createElement('script'); \
            element.textContent = `(async (...given) => { ${code} })(...${given}).then((value) => JSON.stringify({ value: value ?? null }), (error) => JSON.stringify({ error: String(error) })).then((detail) => dispatchEvent(new CustomEvent('${name}', { detail })))`; \
            document.documentElement.append(element); element.remove();";
        let told = self.ask(script, vec![json!(code), json!(serde_json::to_string(&arguments)?)]).await?;
        let told: Value = serde_json::from_str(told.as_str().unwrap_or_default())?;
        match told["error"].as_str() {
            Some(error) => Err(Failure::new(error)),
            None => Ok(told["value"].clone()),
        }
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

    /// Opens another tab and turns to it.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn new_tab(&self, address: &str) -> Outcome<WindowHandle> {
        let handle = self.driver.new_tab().await?;
        self.to_window(&handle).await?;
        self.driver.goto(address).await?;
        Ok(handle)
    }

    /// Closes the browser in order.
    ///
    /// # Errors
    /// Where it is gone already.
    pub async fn close(mut self) -> Outcome<()> {
        self.driver.clone().quit().await?;
        self.process = None;
        Ok(())
    }

    /// Closes the browser in order and leaves its folder, to look at what it wrote.
    ///
    /// # Errors
    /// Where it is gone already.
    pub async fn close_and_keep(mut self) -> Outcome<TempDir> {
        match self.browser {
            Browser::Chromium => self.driver.clone().quit().await?,
            // Its driver would take the profile away: it goes first.
            Browser::Firefox => self.child.kill().await?,
        }
        if let Some(process) = self.process.take() {
            // It writes to its last, and nobody waits for that.
            launch::end(process);
        }
        if self.browser == Browser::Firefox {
            let _ = self.driver.clone().leak();
        }
        Ok(std::mem::replace(&mut self.folder, tempfile::tempdir()?))
    }

    /// Waits until the practice portal's designer shows its first card.
    ///
    /// # Errors
    /// Where it doesn't.
    pub async fn designer(&self) -> Outcome<()> {
        self.to_page().await?;
        self.here_is_a_designer().await
    }

    /// The same in the present window.
    ///
    /// # Errors
    /// Where it doesn't come.
    pub async fn here_is_a_designer(&self) -> Outcome<()> {
        let script = "return document.querySelectorAll('.react-flow__node [id^=\"msla-node-\"]').length";
        wait_for("the designer", async || Ok(self.script(script, vec![]).await?.as_u64().filter(|count| *count > 0))).await.map(drop)
    }
}

/// A test that fails closes nothing: then browser and driver are ended, and the folder goes. The driver's own way takes minutes here, as the
/// portal can't answer the browser any more.
impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(process) = self.process {
            // Refused where it was closed already, which is as well.
            let _ = self.driver.clone().leak();
            launch::end(process);
        }
        let _ = self.child.start_kill();
        launch::remove(self.folder.path());
    }
}
