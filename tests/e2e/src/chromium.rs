//! Starting Chromium: the driver, the flags, the package.

use std::path::Path;
use std::process::Stdio;

use practice_portal::Portal;
use serde_json::{Value, json};
use thirtyfour::Capabilities;
use tokio::process::{Child, Command};

use crate::browser::Stage;
use crate::failure::{Failure, Outcome};
use crate::launch::{listening, program};
use crate::look::Look;

/// What browsers that load unpacked extensions are called.
pub(crate) const NAMES: [&str; 4] = ["chromium", "chromium-browser", "chrome-for-testing", "google-chrome-for-testing"];

/// What is recorded of every process: its tasks, what the messages between them are, and samples of where its scripts are.
const TRACED: &str = "toplevel,ipc,mojom,blink.user_timing,devtools.timeline,v8.execute,disabled-by-default-v8.cpu_profiler";

/// Starts a driver on a port that it chooses itself and tells.
pub(crate) async fn driver() -> Outcome<(Child, u16)> {
    let program = program("CHROMEDRIVER", &["chromedriver"])?;
    let mut command = Command::new(&program);
    command.args(["--port=0", "--allowed-ips=127.0.0.1"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let child = command.spawn().map_err(|error| Failure::new(format!("{}: {error}", program.display())))?;
    listening(child, |line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()).await
}

/// What the driver is to start: the browser with a profile in the folder, and the package.
pub(crate) fn capabilities(look: &Look, portal: &Portal, folder: &Path, package: &Path) -> Outcome<Capabilities> {
    let mut flags = vec![
        "--no-first-run".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--disable-search-engine-choice-screen".to_owned(),
        format!("--lang={}", look.language),
        format!("--accept-lang={}", look.language),
        format!("--user-data-dir={}", folder.join("profile").display()),
        format!("--window-size={},{}", look.size.0, look.size.1),
        "--ignore-certificate-errors".to_owned(),
        format!("--host-resolver-rules={}, EXCLUDE 127.0.0.1", hosts(look, portal)),
        "--disable-features=DisableLoadExtensionCommandLineSwitch".to_owned(),
    ];
    // In a container the user is root, and then Chromium's own sandbox can't be set up.
    if cfg!(target_os = "linux") && std::process::Command::new("id").arg("-u").output().is_ok_and(|told| told.stdout.trim_ascii() == b"0") {
        flags.push("--no-sandbox".to_owned());
        // And its shared memory is often too small for a browser.
        flags.push("--disable-dev-shm-usage".to_owned());
    }
    if look.headless {
        flags.push("--headless=new".to_owned());
    }
    if !look.bare {
        flags.push(format!("--load-extension={}", package.display()));
        flags.push(format!("--disable-extensions-except={}", package.display()));
    }
    // Some systems' packages open a search engine's page first.
    let start = json!({ "session.restore_on_startup": 4, "session.startup_urls": ["about:blank"] });
    let mut options = json!({ "binary": program("CHROMIUM", &NAMES)?, "args": flags, "enableExtensionTargets": true, "prefs": start });
    let mut logs = json!({ "browser": "ALL" });
    if look.traced {
        options["perfLoggingPrefs"] = json!({ "enableNetwork": false, "enablePage": false, "traceCategories": TRACED });
        logs["performance"] = json!("ALL");
    }
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", json!("chrome"))?;
    capabilities.set("goog:chromeOptions", options)?;
    capabilities.set("goog:loggingPrefs", logs)?;
    Ok(capabilities)
}

/// In a test every host is the portal, with a certificate of its own: whatever is asked of anybody stands in its log. Before a person, others are nowhere.
fn hosts(look: &Look, portal: &Portal) -> String {
    let port = portal.port();
    if look.headless {
        return format!("MAP * 127.0.0.1:{port}");
    }
    let rules: Vec<String> = practice_portal::HOSTS.iter().map(|host| format!("MAP {host}:443 127.0.0.1:{port}")).collect();
    format!("{}, MAP * ~NOTFOUND", rules.join(", "))
}

impl Stage {
    /// What was recorded since the start, as a trace that Chromium's own tools and Perfetto open.
    ///
    /// # Errors
    /// Where nothing is recorded.
    pub async fn trace(&self) -> Outcome<Value> {
        let mut events = Vec::new();
        for entry in self.driver.get_log("performance").await? {
            let told: Value = serde_json::from_str(&entry.message)?;
            let message = &told["message"];
            if message["method"] == "Tracing.dataCollected" {
                events.push(message["params"].clone());
            }
        }
        Ok(json!({ "traceEvents": events }))
    }

    /// A command to Chromium itself, in the present window.
    ///
    /// # Errors
    /// Where the browser refuses, or is another one.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Outcome<Value> {
        self.driver.cdp().send_raw(method, parameters).await.map_err(|error| Failure::new(format!("{method}: {error}")))
    }
}
