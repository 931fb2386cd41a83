//! A Firefox with its driver. Without them the tests in Firefox say that they were skipped; everything else goes on.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::debian;
use crate::failure::Failure;
use crate::{paths, step};

/// What the browser is called.
const NAMES: [&str; 3] = ["firefox-esr", "firefox", "firefox-developer-edition"];

/// The driver is compiled: few systems have a package of it.
const DRIVER_LIMIT: Duration = Duration::from_secs(1200);

/// The driver's version: tests shall not change because somebody installed them later.
const DRIVER_VERSION: &str = "0.37.1";

/// A browser and its driver.
#[derive(Debug, Clone)]
pub struct Firefox {
    browser: PathBuf,
    driver: PathBuf,
}

impl Firefox {
    /// Tells the browser suite where they are.
    pub fn told_to<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("FIREFOX", &self.browser).env("GECKODRIVER", &self.driver)
    }

    /// The browser's own name and version; none where it doesn't tell.
    pub fn version(&self) -> Option<String> {
        let told = Command::new(&self.browser).arg("--version").output().ok()?;
        Some(String::from_utf8_lossy(&told.stdout).trim().to_owned())
    }
}

/// The browser to use: the one that `FIREFOX` and `GECKODRIVER` name, an installed one, or Debian's.
pub fn prepare() -> Option<Firefox> {
    let found = browser().and_then(|browser| Ok(Firefox { browser, driver: driver()? }));
    found.inspect_err(|failure| println!("Without Firefox: {failure}")).ok()
}

fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn browser() -> Result<PathBuf, Failure> {
    let installed = || named("FIREFOX").or_else(|| NAMES.into_iter().find_map(paths::find));
    if let Some(found) = installed() {
        return Ok(found);
    }
    if debian::is_here() && debian::is_root() {
        println!("No Firefox here: installing Debian's.");
        debian::update().and_then(|()| debian::install(&["firefox-esr"]))?;
    }
    installed().ok_or_else(|| Failure::new("install it, or set FIREFOX to it, and its tests run too"))
}

fn driver() -> Result<PathBuf, Failure> {
    let folder = paths::target().join("xtask").join("geckodriver");
    let own = folder.join("bin").join(format!("geckodriver{}", std::env::consts::EXE_SUFFIX));
    if let Some(found) = named("GECKODRIVER").or_else(|| paths::find("geckodriver")).or_else(|| Some(own.clone()).filter(|own| own.is_file())) {
        return Ok(found);
    }
    let mut cargo = Command::new("cargo");
    cargo.args(["install", "--quiet", "--locked", "--version", DRIVER_VERSION, "geckodriver", "--root"]).arg(&folder);
    cargo.env("CARGO_TARGET_DIR", folder.join("build"));
    step::run("building geckodriver, once", &mut cargo, Some(DRIVER_LIMIT))?;
    // Some hundred megabytes that nobody needs again.
    crate::build::remove(&folder.join("build"))?;
    Ok(own)
}
