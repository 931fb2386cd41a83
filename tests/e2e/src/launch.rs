//! Starting a browser: the driver, the flags, the package.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use practice_portal::Portal;
use serde_json::json;
use thirtyfour::Capabilities;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::browser::Look;
use crate::failure::{Failure, Outcome};

/// What browsers that load unpacked extensions are called.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "chrome-for-testing", "google-chrome-for-testing"];

/// Where a program is: told by the set-up, else on the search path.
pub(crate) fn program(variable: &str, names: &[&str]) -> Outcome<PathBuf> {
    if let Some(told) = std::env::var_os(variable) {
        return Ok(PathBuf::from(told));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let suffix = std::env::consts::EXE_SUFFIX;
    let found =
        names.iter().flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(format!("{name}{suffix}")))).find(|path| path.is_file());
    found.ok_or_else(|| Failure::new(format!("there is no {} here: run `cargo xtask test`, which fetches one, or set {variable}", names.join(" or "))))
}

/// The built package.
fn package() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist/chromium")
}

/// Starts a driver on a port that it chooses itself and tells.
pub(crate) async fn driver() -> Outcome<(Child, u16)> {
    let program = program("CHROMEDRIVER", &["chromedriver"])?;
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

/// Puts a copy of the package into the folder.
///
/// # Errors
/// Where there is none.
pub(crate) fn prepare(look: &Look, folder: &Path) -> Outcome<()> {
    let built = package();
    if !built.join("manifest.json").is_file() {
        return Err(Failure::new(format!("{} holds no extension: run `cargo xtask build` first", built.display())));
    }
    // The browser reads from it whenever it likes; a build in the meantime must not give it a mixture.
    let package = folder.join("package");
    copy(&built, &package)?;
    if !look.allowed.is_empty() {
        allow(&package.join("manifest.json"), &look.allowed)?;
    }
    if let Some(policy) = &look.policy {
        policy.apply(&package.join("manifest.json"))?;
    }
    if let Some(say) = look.say {
        translate(&package.join("_locales/en/messages.json"), say)?;
    }
    Ok(())
}

/// What the driver is to start: the browser with a profile and the package, both in the folder.
///
/// # Errors
/// Where there is no browser.
pub(crate) fn capabilities(look: &Look, portal: &Portal, folder: &Path) -> Outcome<Capabilities> {
    let package = folder.join("package");
    let rules: Vec<String> = practice_portal::HOSTS.iter().map(|host| format!("MAP {host}:443 127.0.0.1:{}", portal.port())).collect();
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
        // The portal plays Microsoft's hosts with a certificate of its own; every other host is nowhere.
        "--ignore-certificate-errors".to_owned(),
        format!("--host-resolver-rules={}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", rules.join(", ")),
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
    let options = json!({ "binary": program("CHROMIUM", &BROWSERS)?, "args": flags, "enableExtensionTargets": true });
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", json!("chrome"))?;
    capabilities.set("goog:chromeOptions", options)?;
    capabilities.set("goog:loggingPrefs", json!({ "browser": "ALL" }))?;
    Ok(capabilities)
}

/// The manifest with some of the optional permissions granted: the browser then answers as if a person had allowed them.
fn allow(manifest: &Path, origins: &[&str]) -> Outcome<()> {
    let mut value: serde_json::Value = serde_json::from_slice(&std::fs::read(manifest)?)?;
    let (Some(fields), origins) = (value.as_object_mut(), json!(origins)) else { return Err(Failure::new("the manifest is no object")) };
    fields.insert("host_permissions".to_owned(), origins);
    fields.remove("optional_permissions");
    if let Some(permissions) = fields.get_mut("permissions").and_then(serde_json::Value::as_array_mut) {
        permissions.push(json!("scripting"));
    }
    Ok(std::fs::write(manifest, value.to_string())?)
}

/// The catalogue in other words. Language and direction stay.
fn translate(catalogue: &Path, say: fn(&str) -> String) -> Outcome<()> {
    let mut messages: serde_json::Value = serde_json::from_slice(&std::fs::read(catalogue)?)?;
    for (key, entry) in messages.as_object_mut().into_iter().flatten() {
        if key != "panel_language" && key != "panel_direction" {
            entry["message"] = json!(say(entry["message"].as_str().unwrap_or_default()));
        }
    }
    Ok(std::fs::write(catalogue, messages.to_string())?)
}

pub(crate) fn copy(from: &Path, to: &Path) -> Outcome<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Ends a browser with its helpers: asks it to leave, and kills it where it doesn't.
pub(crate) fn end(process: u64) {
    let id = process.to_string();
    let told = |program: &str, arguments: &[&str]| {
        let mut command = std::process::Command::new(program);
        command.args(arguments).arg(&id).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if cfg!(windows) {
        told("taskkill", &["/F", "/T", "/PID"]);
        return;
    }
    told("kill", &["-TERM"]);
    for _ in 0..100 {
        if !told("kill", &["-0"]) {
            return;
        }
        thread::sleep(Duration::from_millis(30));
    }
    told("kill", &["-KILL"]);
}

/// Removes a folder. A browser's helpers outlive it by a moment and write their caches in their last: it is gone when it stays gone.
pub(crate) fn remove(folder: &Path) {
    let mut gone = 0;
    for _ in 0..100 {
        // What can't be removed yet can be a moment later.
        let _ = std::fs::remove_dir_all(folder);
        gone = if folder.exists() { 0 } else { gone + 1 };
        if gone == 3 {
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
}
