//! The product in Firefox: the built package against the practice portal.
//!
//! Chromium's protocol for closed shadow roots and for the background has no like here: the driver's own command reads the first, and scripts of
//! the browser's own (geckodriver's `chrome` context) see the second.

use std::path::Path;
use std::process::Stdio;

use practice_portal::{Options, Portal};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{Capabilities, RequestData, SessionId, WebDriver, WebElement};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::failure::{Failure, Outcome};
use crate::launch::{copy, end, program, remove};
use crate::wait::wait_for;

/// What the browser is called.
const BROWSERS: [&str; 3] = ["firefox-esr", "firefox", "firefox-developer-edition"];

/// The add-on's id, as its manifest says.
const ID: &str = "connection-lens@extension";

/// The add-on's address: Firefox draws one by lot for each profile, unless it is told.
const UUID: &str = "0b1d5a63-7c1e-4c07-9a55-5d2f1f3a9e10";

/// Commands that thirtyfour doesn't know.
#[derive(Debug)]
enum Own {
    /// `content` or `chrome`: whose scripts run.
    Context(&'static str),
    /// An element's shadow root, closed ones too.
    Shadow(String),
    /// What a shadow root holds.
    Inside(String, &'static str),
}

impl FormatRequestData for Own {
    fn format_request(&self, session: &SessionId) -> RequestData {
        use http::Method;
        match self {
            Self::Context(context) => RequestData::new(Method::POST, format!("/session/{session}/moz/context")).add_body(json!({ "context": context })),
            Self::Shadow(element) => RequestData::new(Method::GET, format!("/session/{session}/element/{element}/shadow")),
            Self::Inside(root, css) => {
                RequestData::new(Method::POST, format!("/session/{session}/shadow/{root}/elements")).add_body(json!({ "using": "css selector", "value": css }))
            }
        }
    }
}

/// One Firefox with its own profile, and a portal of its own.
pub struct Firefox {
    /// The driver's end.
    pub driver: WebDriver,
    /// The portal.
    pub portal: Portal,
    geckodriver: Child,
    browser: Option<u64>,
    folder: TempDir,
}

impl Firefox {
    /// Why there is none here; nothing where there is.
    #[must_use]
    pub fn missing() -> Option<String> {
        program("FIREFOX", &BROWSERS).and(program("GECKODRIVER", &["geckodriver"])).err().map(|failure| failure.to_string())
    }

    /// Starts a headless Firefox with the package, and opens the scenario's main flow.
    ///
    /// # Errors
    /// Where browser, driver or portal don't start, or the package isn't taken.
    pub async fn open(portal: Options) -> Outcome<Self> {
        let portal = Portal::start(portal).await.map_err(|error| Failure::new(format!("the portal: {error}")))?;
        let folder = tempfile::Builder::new().prefix("connection-lens-").tempdir()?;
        let (geckodriver, port) = driver(folder.path()).await?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities(&portal)?).await?;
        let browser = driver.capabilities().get("moz:processID").and_then(Value::as_u64);
        let firefox = Self { driver, portal, geckodriver, browser, folder };
        let package = firefox.folder.path().join("package");
        copy(&package_folder()?, &package)?;
        let tools = thirtyfour::extensions::addons::firefox::FirefoxTools::new(firefox.driver.handle().clone());
        tools.install_addon(&package.to_string_lossy(), Some(true)).await?;
        firefox.driver.goto(firefox.portal.url()).await?;
        Ok(firefox)
    }

    async fn context(&self, context: &'static str) -> Outcome<()> {
        self.driver.handle().cmd(Own::Context(context)).await?;
        Ok(())
    }

    /// What a script of the browser's own gives: it sees everything. Its last argument takes the answer.
    ///
    /// # Errors
    /// Where it throws.
    pub async fn chrome(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        self.context("chrome").await?;
        let told = self.driver.execute_async(script, arguments).await.map(|told| told.json().clone());
        self.context("content").await?;
        Ok(told?)
    }

    /// A script's value, on the page.
    ///
    /// # Errors
    /// Where the script throws.
    pub async fn script(&self, script: &str) -> Outcome<Value> {
        Ok(self.driver.execute(script, vec![]).await?.json().clone())
    }

    /// Everything of a kind in the closed shadow root of ours.
    ///
    /// # Errors
    /// Where there is none yet.
    pub async fn inside(&self, css: &'static str) -> Outcome<Vec<WebElement>> {
        let host = self.driver.find(thirtyfour::By::Css("html > div")).await?;
        let root: Value = self.driver.handle().cmd(Own::Shadow(host.element_id().to_string())).await?.value()?;
        let root = root.as_object().and_then(|root| root.values().next()).and_then(Value::as_str).unwrap_or_default().to_owned();
        let found: Vec<Value> = self.driver.handle().cmd(Own::Inside(root, css)).await?.value()?;
        Ok(found.into_iter().map(|element| WebElement::from_json(element, self.driver.handle().clone())).collect::<Result<_, _>>()?)
    }

    /// Waits until the bar says something.
    ///
    /// # Errors
    /// Where it doesn't.
    pub async fn bar_says(&self, wanted: &str) -> Outcome<String> {
        let mut last = String::new();
        let said = wait_for(&format!("the bar saying \"{wanted}\""), async || {
            let Some(wrap) = self.inside(".wrap").await?.into_iter().next() else { return Ok(None) };
            last = wrap.text().await?.split_whitespace().collect::<Vec<_>>().join(" ");
            Ok(last.contains(wanted).then(|| last.clone()))
        })
        .await;
        said.map_err(|failure| Failure::new(format!("{failure}; it says \"{last}\"")))
    }

    /// Presses one of the bar's buttons.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn press_bar(&self, css: &'static str) -> Outcome<()> {
        wait_for(&format!("the bar's button {css}"), async || {
            let Some(button) = self.inside(css).await?.into_iter().next() else { return Ok(None) };
            Ok(Some(button.click().await?))
        })
        .await
    }

    /// What the browser's console holds about the add-on: errors and warnings, of every context of it.
    ///
    /// # Errors
    /// Where the browser can't be asked.
    pub async fn complaints(&self) -> Outcome<Vec<String>> {
        let script = "const [uuid, id, done] = arguments; \
            const all = [...Services.console.getMessageArray(), ...Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage).getEvents()]; \
            done(all.map((said) => said.arguments ? [said.level, said.filename, said.addonId, ...said.arguments.map(String)].join(' ') : String(said.message ?? said)).filter((text) => text.includes(uuid) || text.includes(id)))";
        let told = self.chrome(script, vec![json!(UUID), json!(ID)]).await?;
        // Firefox's own scripts say it when an extension's page that hears of storage is shut (seen in 153).
        let is_its_own = |said: &&str| said.contains("on closed conduit") && said.contains("resource://gre/");
        Ok(told.as_array().into_iter().flatten().filter_map(Value::as_str).filter(|said| !is_its_own(said)).map(str::to_owned).collect())
    }

    /// Presses the add-on's button in the browser's toolbar.
    ///
    /// # Errors
    /// Where it isn't there.
    pub async fn press_toolbar(&self) -> Outcome<()> {
        self.context("chrome").await?;
        let pressed = async {
            let button = self.driver.find(thirtyfour::By::Css("#connection-lens_extension-browser-action .unified-extensions-item-action-button")).await?;
            button.click().await
        };
        let pressed = pressed.await;
        self.context("content").await?;
        Ok(pressed?)
    }

    /// What the sidebar says; nothing while it is shut or shows something else.
    ///
    /// # Errors
    /// Where the browser can't be asked.
    pub async fn sidebar(&self) -> Outcome<Option<String>> {
        let script = "const done = arguments[0]; const { SidebarController: side } = window; \
            if (!side.isOpen || side.currentID !== 'connection-lens_extension-sidebar-action') return done(null); \
            const inner = side.browser.contentDocument?.getElementById('webext-panels-browser'); if (!inner?.messageManager) return done(''); \
            const { messageManager } = inner; \
            messageManager.addMessageListener('said', function heard({ data }) { messageManager.removeMessageListener('said', heard); done(data); }); \
            messageManager.loadFrameScript('data:,sendAsyncMessage(\"said\", content.document.body?.innerText ?? \"\")', false);";
        let told = self.chrome(script, vec![]).await?;
        Ok(told.as_str().map(|said| said.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// Stops the background as the browser does when nothing happens for a while.
    ///
    /// # Errors
    /// Where it doesn't stop.
    pub async fn stop_background(&self) -> Outcome<()> {
        let script = "const [id, done] = arguments; WebExtensionPolicy.getByID(id).extension.terminateBackground({ disableResetIdleForTest: true }).then(() => done(true), (error) => done(String(error)))";
        let told = self.chrome(script, vec![json!(ID)]).await?;
        if told == json!(true) { Ok(()) } else { Err(Failure::new(format!("the background: {told}"))) }
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
}

/// As for the other stage: a test that fails leaves nothing behind.
impl Drop for Firefox {
    fn drop(&mut self) {
        if let Some(browser) = self.browser {
            // Refused where it was closed already, which is as well.
            let _ = self.driver.clone().leak();
            end(browser);
        }
        let _ = self.geckodriver.start_kill();
        remove(self.folder.path());
    }
}

fn package_folder() -> Outcome<std::path::PathBuf> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist/firefox");
    if built.join("manifest.json").is_file() {
        Ok(built)
    } else {
        Err(Failure::new(format!("{} holds no extension: run `cargo xtask build` first", built.display())))
    }
}

/// Starts a driver on a port that it chooses itself and tells.
async fn driver(folder: &Path) -> Outcome<(Child, u16)> {
    let program = program("GECKODRIVER", &["geckodriver"])?;
    let mut child = Command::new(&program)
        // The last one lets tests look at the browser's own side.
        .args(["--host", "127.0.0.1", "--port", "0", "--websocket-port", "0", "--allow-system-access", "--profile-root"])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| Failure::new(format!("{}: {error}", program.display())))?;
    let output = child.stdout.take().ok_or_else(|| Failure::new("the driver has no output"))?;
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await? {
        let port = line.split_once("Listening on ").and_then(|(_, address)| address.rsplit(':').next()?.trim().parse().ok());
        if let Some(port) = port {
            // Read on, so that the driver never waits for somebody to take its words.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok((child, port));
        }
    }
    Err(Failure::new("the driver ended before it told its port"))
}

fn capabilities(portal: &Portal) -> Outcome<Capabilities> {
    let preferences = json!({
        // Every host is the portal, on the port that it has: whatever is asked of anybody else stands in its log.
        "network.dns.forceResolve": "127.0.0.1",
        "network.socket.forcePort": format!("443={}", portal.port()),
        "network.http.http3.enable": false,
        "network.trr.mode": 5,
        "extensions.webextensions.uuids": json!({ ID: UUID }).to_string(),
        "intl.locale.requested": "en-US",
    });
    let options = json!({ "binary": program("FIREFOX", &BROWSERS)?, "args": ["-headless", "--width", "1400", "--height", "900"], "prefs": preferences });
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", json!("firefox"))?;
    capabilities.set("acceptInsecureCerts", json!(true))?;
    capabilities.set("moz:firefoxOptions", options)?;
    Ok(capabilities)
}
