//! A Chromium with its driver. Branded Chrome won't do: since version 137 it no longer loads an unpacked extension from its command line.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::node;
use crate::failure::Failure;
use crate::{paths, step};

/// A browser and the driver made for it.
#[derive(Debug, Clone)]
pub struct Browser {
    /// The browser.
    pub chromium: PathBuf,
    /// Its driver.
    pub driver: PathBuf,
}

impl Browser {
    /// Tells the browser suite where they are.
    pub fn told_to<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("CHROMIUM", &self.chromium).env("CHROMEDRIVER", &self.driver)
    }
}

/// The browser to use: the one that `CHROMIUM` and `CHROMEDRIVER` name, an installed one, Debian's, or Chrome for Testing.
///
/// # Errors
/// Where none is there and none can be had.
pub fn prepare() -> Result<Browser, Failure> {
    if let Some(found) = named().or_else(installed).or_else(fetched) {
        return Ok(found);
    }
    if let Some(found) = from_debian()? {
        return Ok(found);
    }
    from_npm()
}

fn named() -> Option<Browser> {
    let path = |variable| std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
    Some(Browser { chromium: path("CHROMIUM")?, driver: path("CHROMEDRIVER")? })
}

fn installed() -> Option<Browser> {
    let chromium = ["chromium", "chromium-browser", "chrome-for-testing", "google-chrome-for-testing"].into_iter().find_map(paths::find)?;
    Some(Browser { chromium, driver: paths::find("chromedriver")? })
}

/// Debian and its kin, as root. Ubuntu's package of that name only leads to a snap and brings no driver; then the next way is tried.
fn from_debian() -> Result<Option<Browser>, Failure> {
    if !cfg!(target_os = "linux") || paths::find("apt-get").is_none() || !is_root() {
        return Ok(None);
    }
    println!("No Chromium here: installing Debian's packages chromium and chromium-driver.");
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "DPkg::Lock::Timeout=300"]);
        apt
    };
    let (_, updated) = step::attempt("apt-get update", apt().arg("update"), Some(Duration::from_secs(300)))?;
    let (_, done) = step::attempt(
        "apt-get install chromium",
        apt().args(["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"]),
        Some(Duration::from_secs(900)),
    )?;
    Ok(if updated && done { installed() } else { None })
}

fn from_npm() -> Result<Browser, Failure> {
    println!("No Chromium here: fetching Chrome for Testing through npm's @puppeteer/browsers.");
    let folder = paths::target().join("browsers");
    for what in ["chrome@stable", "chromedriver@stable"] {
        let mut npx = node::npm();
        npx.args(["exec", "--yes", "--", "@puppeteer/browsers", "install", what, "--path"]).arg(&folder);
        step::attempt(&format!("fetching {what}"), &mut npx, Some(Duration::from_secs(600)))?;
    }
    fetched().ok_or_else(|| {
        Failure::new(
            "no Chromium with its driver could be found or fetched: install both (Debian: apt-get install chromium chromium-driver; \
             elsewhere: Chrome for Testing and its chromedriver), set CHROMIUM and CHROMEDRIVER to them, and run this again",
        )
    })
}

/// What an earlier run fetched.
fn fetched() -> Option<Browser> {
    let folder = paths::target().join("browsers");
    let program = |names: &[&str]| {
        let mut folders = vec![folder.clone()];
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if path.file_name().is_some_and(|name| names.iter().any(|wanted| name == *wanted)) {
                    return Some(path);
                }
            }
        }
        None
    };
    Some(Browser { chromium: program(&["chrome", "chrome.exe", "Google Chrome for Testing"])?, driver: program(&["chromedriver", "chromedriver.exe"])? })
}

/// Whether packages can be installed without asking.
pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|told| told.stdout.trim_ascii() == b"0")
}
