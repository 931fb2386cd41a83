//! Starting Firefox, and what only Firefox's driver can do: scripts of the browser's own (the `chrome` context) see what a page's scripts don't.

use std::path::Path;
use std::process::Stdio;

use practice_portal::Portal;
use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{Capabilities, RequestData, SessionId};
use tokio::process::{Child, Command};

use crate::browser::Stage;
use crate::failure::{Failure, Outcome};
use crate::launch::{listening, program};
use crate::look::Look;

/// What the browser is called.
pub(crate) const NAMES: [&str; 3] = ["firefox-esr", "firefox", "firefox-developer-edition"];

/// The add-on's id, as its manifest says.
pub(crate) const ID: &str = "connection-lens@extension";

/// The add-on's address: Firefox draws one by lot for each profile, unless it is told.
pub(crate) const UUID: &str = "0b1d5a63-7c1e-4c07-9a55-5d2f1f3a9e10";

/// Commands that thirtyfour doesn't know.
#[derive(Debug)]
enum Own {
    /// `content` or `chrome`: whose scripts run.
    Context(&'static str),
    /// Takes an unpacked add-on in, until the browser closes; and whether it may run in private windows.
    Install(String, bool),
}

impl FormatRequestData for Own {
    fn format_request(&self, session: &SessionId) -> RequestData {
        use http::Method;
        match self {
            Self::Context(context) => RequestData::new(Method::POST, format!("/session/{session}/moz/context")).add_body(json!({ "context": context })),
            Self::Install(path, private) => RequestData::new(Method::POST, format!("/session/{session}/moz/addon/install"))
                .add_body(json!({ "path": path, "temporary": true, "allowPrivateBrowsing": private })),
        }
    }
}

/// Starts a driver on a port that it chooses itself and tells.
pub(crate) async fn driver(folder: &Path) -> Outcome<(Child, u16)> {
    let program = program("GECKODRIVER", &["geckodriver"])?;
    let mut command = Command::new(&program);
    // The system's access lets tests look at the browser's own side.
    command.args(["--host", "127.0.0.1", "--port", "0", "--websocket-port", "0", "--allow-system-access", "--profile-root"]).arg(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let child = command.spawn().map_err(|error| Failure::new(format!("{}: {error}", program.display())))?;
    listening(child, |line| line.split_once("Listening on ")?.1.rsplit(':').next()?.trim().parse().ok()).await
}

pub(crate) fn capabilities(look: &Look, portal: &Portal) -> Outcome<Capabilities> {
    let preferences = json!({
        // Every host is the portal, on the port that it has: whatever is asked of anybody else stands in its log.
        "network.dns.forceResolve": "127.0.0.1",
        "network.socket.forcePort": format!("443={}", portal.port()),
        "network.http.http3.enable": false,
        "network.trr.mode": 5,
        "extensions.webextensions.uuids": json!({ ID: UUID }).to_string(),
        "intl.locale.requested": "en-US",
        // An add-on that was installed for a test only would lose what it keeps as the browser closes; an installed one doesn't.
        "extensions.webextensions.keepStorageOnUninstall": true,
        "extensions.webextensions.keepUuidOnUninstall": true,
    });
    let (width, height) = look.size;
    let mut arguments = vec!["--width".to_owned(), width.to_string(), "--height".to_owned(), height.to_string()];
    if look.headless {
        arguments.push("-headless".to_owned());
    }
    let options = json!({ "binary": program("FIREFOX", &NAMES)?, "args": arguments, "prefs": preferences });
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", json!("firefox"))?;
    capabilities.set("acceptInsecureCerts", json!(true))?;
    capabilities.set("moz:firefoxOptions", options)?;
    Ok(capabilities)
}

/// What runs in the process of a page, with the browser's rights.
const INSIDE: &str = include_str!("inside.js");

impl Stage {
    /// Takes the package in; again: as an update or a reload does.
    ///
    /// # Errors
    /// Where Firefox doesn't take it.
    pub(crate) async fn install(&self, package: &Path, private: bool) -> Outcome<()> {
        self.driver.handle().cmd(Own::Install(package.to_string_lossy().into_owned(), private)).await?;
        Ok(())
    }

    async fn context(&self, context: &'static str) -> Outcome<()> {
        self.driver.handle().cmd(Own::Context(context)).await?;
        Ok(())
    }

    /// What a script of Firefox's own gives: it sees everything. Its last argument takes the answer.
    ///
    /// # Errors
    /// Where it throws, or the browser is another one.
    pub async fn chrome(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        self.context("chrome").await?;
        let told = self.driver.execute_async(script, arguments).await.map(|told| told.json().clone());
        self.context("content").await?;
        Ok(told?)
    }

    /// A script's value inside the sidebar; or, with the browser's eyes, inside the page: closed shadow roots too.
    pub(crate) async fn inside(&self, place: Inside, script: &str, arguments: &[Value]) -> Outcome<Value> {
        let told = self.chrome(INSIDE, vec![json!(place.name()), json!(script), json!(arguments)]).await?;
        match told["error"].as_str() {
            Some(error) => Err(Failure::new(error)),
            None => Ok(told["value"].clone()),
        }
    }

    /// Switches the add-on off or on, as a person does on Firefox's page for add-ons.
    pub(crate) async fn enable(&self, on: bool) -> Outcome<()> {
        let script = "const [id, on, done] = arguments; const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs'); \
            AddonManager.getAddonByID(id).then((addon) => (on ? addon.enable() : addon.disable())).then(() => done(true), (error) => done(String(error)))";
        let told = self.chrome(script, vec![json!(ID), json!(on)]).await?;
        if told == json!(true) { Ok(()) } else { Err(Failure::new(format!("the add-on: {told}"))) }
    }

    /// Presses the add-on's button in Firefox's toolbar.
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

    /// Whether our sidebar is open in the window in front.
    ///
    /// # Errors
    /// Where Firefox can't be asked.
    pub async fn is_sidebar_open(&self) -> Outcome<bool> {
        let script = "const done = arguments[0]; const { SidebarController: side } = window; done(side.isOpen && side.currentID === 'connection-lens_extension-sidebar-action')";
        Ok(self.chrome(script, vec![]).await? == json!(true))
    }
}

/// Where a script runs that has the browser's rights, or that the driver can't place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inside {
    /// In the tab in front, with the browser's rights.
    Page,
    /// In the sidebar, with the rights of its page; the last argument of the script takes the answer.
    Sidebar,
}

impl Inside {
    const fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Sidebar => "sidebar",
        }
    }
}
