//! What starting and ending is in every browser: programs, the package's copy, processes.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Child;

use crate::console::WITH_EARS;
use crate::failure::{Failure, Outcome};
use crate::look::{Browser, Change, Look};

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

/// A driver, once it has told its port.
pub(crate) async fn listening(mut child: Child, port: impl Fn(&str) -> Option<u16>) -> Outcome<(Child, u16)> {
    let output = child.stdout.take().ok_or_else(|| Failure::new("the driver has no output"))?;
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await? {
        if let Some(port) = port(&line) {
            // Read on, so that the driver never waits for somebody to take its words.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok((child, port));
        }
    }
    Err(Failure::new("the driver ended before it told its port"))
}

/// The stage's own copy of the built package: the browser reads from it whenever it likes, and a build in the meantime must not give it a mixture.
pub(crate) fn package(look: &Look, folder: &Path) -> Outcome<PathBuf> {
    let name = match look.browser {
        Browser::Chromium => "chromium",
        Browser::Firefox => "firefox",
    };
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist").join(name);
    if !built.join("manifest.json").is_file() {
        return Err(Failure::new(format!("{} holds no extension: run `cargo xtask build` first", built.display())));
    }
    let package = folder.join("package");
    copy(&built, &package)?;
    if !look.allowed.is_empty() {
        allow(&package.join("manifest.json"), &look.allowed)?;
    }
    if let Some(policy) = &look.policy {
        policy.apply(&package.join("manifest.json"))?;
    }
    for (file, change) in ears(look).iter().chain(&look.changes) {
        let path = package.join(file);
        let before = std::fs::read_to_string(&path)?;
        let after = change(&before);
        if after == before {
            return Err(Failure::new(format!("{file}: there is nothing to change any more")));
        }
        std::fs::write(path, after)?;
    }
    Ok(package)
}

/// Only Chromium needs them: Firefox tells of every console.
fn ears(look: &Look) -> Option<Change> {
    (look.heard && look.browser == Browser::Chromium).then_some(WITH_EARS)
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

fn copy(from: &Path, to: &Path) -> Outcome<()> {
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
