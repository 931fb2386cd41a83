//! The stage: browser, driver, profile, portal.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use practice_portal::{Options, Portal};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver, WindowHandle};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::failure::{Failure, Outcome};
use crate::wait::wait_for;

/// How the stage is set.
pub struct Look {
    /// The portal's scenario and ways.
    pub portal: Options,
    /// Without a window.
    pub headless: bool,
    /// Whether the system asks for dark colours.
    pub dark: bool,
    /// The window's size, in CSS pixels.
    pub size: (u32, u32),
    /// Without the extension: to compare what the page does by itself.
    pub bare: bool,
}

impl Look {
    /// A headless browser of a usual size on a scenario.
    #[must_use]
    pub fn at(scenario: &str) -> Self {
        Self { portal: Options { scenario: scenario.to_owned(), ..Options::default() }, headless: true, dark: false, size: (1400, 900), bare: false }
    }
}

/// One browser with its own profile, and a portal of its own.
pub struct Stage {
    /// The driver's end.
    pub driver: WebDriver,
    /// The portal.
    pub portal: Portal,
    /// The window with the portal's page.
    pub page: WindowHandle,
    // Ended and removed when the stage goes, in this order.
    _chromedriver: Child,
    _profile: TempDir,
}

impl Stage {
    /// Sets the stage and opens the scenario's main flow.
    ///
    /// # Errors
    /// Where browser, driver or portal don't start.
    pub async fn open(look: Look) -> Outcome<Self> {
        let portal = Portal::start(look.portal.clone()).await.map_err(|error| Failure::new(format!("the portal: {error}")))?;
        let profile = tempfile::Builder::new().prefix("connection-lens-").tempdir()?;
        let (chromedriver, port) = start_driver().await?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities(&look, &portal, profile.path())?).await?;
        let page = driver.window().await?;
        let stage = Self { driver, portal, page, _chromedriver: chromedriver, _profile: profile };
        if look.dark {
            let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
            stage.cdp("Emulation.setEmulatedMedia", scheme).await?;
        }
        stage.go(&stage.portal.url()).await?;
        Ok(stage)
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

    /// The windows whose address begins so.
    ///
    /// # Errors
    /// Where the browser is gone.
    pub async fn windows(&self, address: &str) -> Outcome<Vec<WindowHandle>> {
        let mut found = Vec::new();
        let now = self.driver.window().await.ok();
        for handle in self.driver.windows().await? {
            // A window may close while we look.
            if self.driver.switch_to_window(handle.clone()).await.is_ok() && self.driver.current_url().await.is_ok_and(|url| url.as_str().starts_with(address))
            {
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

    /// What the browser's console said, errors and all, since the last time.
    ///
    /// # Errors
    /// Where the driver doesn't tell.
    pub async fn console(&self) -> Outcome<Vec<String>> {
        let told = self.script("return (window.__said ?? []).splice(0)", vec![]).await?;
        Ok(told.as_array().into_iter().flatten().filter_map(|line| line.as_str().map(str::to_owned)).collect())
    }

    /// Closes the browser in order.
    ///
    /// # Errors
    /// Where it is gone already.
    pub async fn close(self) -> Outcome<()> {
        Ok(self.driver.quit().await?)
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

/// Where a program is: told by the set-up, else on the search path under its usual name.
fn program(variable: &str, usual: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| PathBuf::from(usual), PathBuf::from)
}

/// The built package.
#[must_use]
fn package() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist/chromium")
}

/// Starts a driver on a port that it chooses itself and tells.
async fn start_driver() -> Outcome<(Child, u16)> {
    let program = program("CHROMEDRIVER", "chromedriver");
    let mut child = Command::new(&program)
        .args(["--port=0", "--allowed-ips=127.0.0.1"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| Failure::new(format!("{}: {error}", program.display())))?;
    let output = child.stdout.take().ok_or_else(|| Failure::new("the driver has no output"))?;
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await? {
        let port = line.split_once("successfully on port ").and_then(|(_, port)| port.trim_end_matches('.').parse().ok());
        if let Some(port) = port {
            // Read on, so that the driver never waits for somebody to take its words.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok((child, port));
        }
    }
    Err(Failure::new("the driver ended before it told its port"))
}

fn capabilities(look: &Look, portal: &Portal, profile: &Path) -> Outcome<Capabilities> {
    let package = package();
    if !package.join("manifest.json").is_file() {
        return Err(Failure::new(format!("{} holds no extension: run `cargo xtask build` first", package.display())));
    }
    let rules: Vec<String> = practice_portal::HOSTS.iter().map(|host| format!("MAP {host}:443 127.0.0.1:{}", portal.port())).collect();
    let mut flags = vec![
        "--no-first-run".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--disable-search-engine-choice-screen".to_owned(),
        "--lang=en-US".to_owned(),
        format!("--user-data-dir={}", profile.display()),
        format!("--window-size={},{}", look.size.0, look.size.1),
        // The portal plays Microsoft's hosts with a certificate of its own; every other host is nowhere.
        "--ignore-certificate-errors".to_owned(),
        format!("--host-resolver-rules={}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", rules.join(", ")),
        "--disable-features=DisableLoadExtensionCommandLineSwitch".to_owned(),
    ];
    // In a container the user is root, and then Chromium's own sandbox can't be set up.
    if cfg!(target_os = "linux") && std::process::Command::new("id").arg("-u").output().is_ok_and(|told| told.stdout.trim_ascii() == b"0") {
        flags.push("--no-sandbox".to_owned());
    }
    if look.headless {
        flags.push("--headless=new".to_owned());
    }
    if !look.bare {
        flags.push(format!("--load-extension={}", package.display()));
        flags.push(format!("--disable-extensions-except={}", package.display()));
    }
    let options = json!({ "binary": program("CHROMIUM", "chromium"), "args": flags, "enableExtensionTargets": true });
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", json!("chrome"))?;
    capabilities.set("goog:chromeOptions", options)?;
    Ok(capabilities)
}
