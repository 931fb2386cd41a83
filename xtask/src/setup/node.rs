//! Node and the npm packages of `extension/` (tools only, nothing of them ships) and `www/`.

use std::fs;
use std::process::Command;

use crate::failure::Failure;
use crate::{paths, step};

/// The oldest Node that the tools work with (Vite 8 asks for 20.19).
const OLDEST: (u32, u32) = (20, 19);

/// Installs the packages of a folder, as its lock file names them.
///
/// # Errors
/// Where Node is missing or too old, or npm fails.
pub fn packages(folder: &str) -> Result<(), Failure> {
    check()?;
    let folder = paths::root().join(folder);
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).map_err(|error| Failure::at(&lock, error))?;
    let stamp = folder.join("node_modules").join(".installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    step::run(&format!("npm packages of {name}"), npm().args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder), None)?;
    fs::write(&stamp, wanted).map_err(|error| Failure::at(&stamp, error))
}

/// npm, as this system calls it.
pub fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

fn check() -> Result<(), Failure> {
    let missing = || Failure::new(format!("Node {}.{} or newer is needed: install it from https://nodejs.org and run this again", OLDEST.0, OLDEST.1));
    let told = Command::new("node").arg("--version").output().map_err(|_| missing())?;
    let version = String::from_utf8_lossy(&told.stdout).trim().trim_start_matches('v').to_owned();
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or_default());
    let found = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if found < OLDEST { Err(Failure::new(format!("Node {version} is too old: {}", missing()))) } else { Ok(()) }
}
