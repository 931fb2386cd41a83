//! Packages of Debian and its kin, for whom root runs this. Nowhere else is any of it tried.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::failure::Failure;
use crate::{paths, step};

/// The package lists are a few megabytes.
const UPDATE_LIMIT: Duration = Duration::from_secs(300);

/// A browser is some hundred megabytes, on a slow line.
const INSTALL_LIMIT: Duration = Duration::from_secs(1200);

/// Whether this is such a system.
pub fn is_here() -> bool {
    cfg!(target_os = "linux") && Path::new("/etc/debian_version").is_file() && paths::find("apt-get").is_some()
}

/// Whether packages can be installed without asking.
pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|told| told.stdout.trim_ascii() == b"0")
}

/// Fetches today's lists: yesterday's name files that are gone.
///
/// # Errors
/// Where apt fails.
pub fn update() -> Result<(), Failure> {
    step::run("apt-get update", apt().arg("update"), Some(UPDATE_LIMIT)).map(drop)
}

/// Installs packages, and what they can't do without.
///
/// # Errors
/// Where apt fails.
pub fn install(packages: &[&str]) -> Result<(), Failure> {
    let what = format!("apt-get install {}", packages.join(" "));
    step::run(&what, apt().args(["install", "-y", "--no-install-recommends"]).args(packages), Some(INSTALL_LIMIT)).map(drop)
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    // Another apt may be at work, for instance the system's own updates.
    apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "DPkg::Lock::Timeout=300"]);
    apt
}
