//! A Chromium with its driver. Branded Chrome won't do: since version 137 it no longer loads an unpacked extension from its command line.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{chrome_for_testing, debian};
use crate::failure::Failure;
use crate::paths;

/// What browsers that load unpacked extensions are called.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "chrome-for-testing", "google-chrome-for-testing"];

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

    /// The browser's own name and version; none where it doesn't tell.
    pub fn version(&self) -> Option<String> {
        said(&self.chromium).map(|said| said.split(" built on").next().unwrap_or(&said).to_owned())
    }

    /// Whether the two work together: a driver drives browsers of its own major version only.
    fn fit(&self) -> Result<(), Failure> {
        let (browser, driver) = (said(&self.chromium), said(&self.driver));
        if browser.as_deref().is_some_and(|said| said.starts_with("Google Chrome ") && !said.contains("for Testing")) {
            return Err(Failure::at(&self.chromium, "this is branded Chrome, which no longer loads unpacked extensions: Chromium or Chrome for Testing does"));
        }
        match (browser.as_deref().and_then(major), driver.as_deref().and_then(major)) {
            (Some(browser), Some(driver)) if browser != driver => {
                let told = format!("version {driver} doesn't drive the version {browser} of {}", self.chromium.display());
                Err(Failure::at(&self.driver, told))
            }
            _ => Ok(()),
        }
    }
}

/// The browser to use: the one that `CHROMIUM` and `CHROMEDRIVER` name, an installed one, Debian's, or Chrome for Testing.
///
/// # Errors
/// Where the named one won't do, or none is there and none can be had.
pub fn prepare() -> Result<Browser, Failure> {
    if let Some(named) = named()? {
        return Ok(named);
    }
    if let Some(found) = installed().or_else(chrome_for_testing::fetched) {
        return Ok(found);
    }
    if debian::is_here() && debian::is_root() {
        println!("No Chromium with its driver here: installing Debian's.");
        let packages = debian::update().and_then(|()| debian::install(&["chromium", "chromium-driver"]));
        match packages {
            Ok(()) => {
                if let Some(found) = installed() {
                    return Ok(found);
                }
            }
            // Ubuntu's packages of these names only lead to a snap; an apt without a network fails. There is one more way.
            Err(failure) => println!("{failure}"),
        }
    }
    println!("No Chromium with its driver here: fetching Chrome for Testing through npm's @puppeteer/browsers.");
    chrome_for_testing::fetch().ok_or_else(|| {
        Failure::new(
            "no Chromium with its driver could be found or fetched: install both (Debian, as root: apt-get install chromium chromium-driver; \
             elsewhere: Chrome for Testing and its chromedriver), set CHROMIUM and CHROMEDRIVER to them, and run this again",
        )
    })
}

/// What the person chose is used or refused, never passed over in silence.
fn named() -> Result<Option<Browser>, Failure> {
    let named = |variable: &str| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    let Some(chromium) = named("CHROMIUM") else { return Ok(None) };
    let driver = named("CHROMEDRIVER")
        .or_else(|| paths::find("chromedriver"))
        .ok_or_else(|| Failure::new("CHROMIUM is set, but there is no chromedriver: set CHROMEDRIVER to the one of the same version"))?;
    for (variable, path) in [("CHROMIUM", &chromium), ("CHROMEDRIVER", &driver)] {
        if !path.is_file() {
            return Err(Failure::new(format!("{variable} names {}, and there is no such file", path.display())));
        }
    }
    let browser = Browser { chromium, driver };
    browser.fit()?;
    Ok(Some(browser))
}

fn installed() -> Option<Browser> {
    let driver = paths::find("chromedriver")?;
    NAMES.into_iter().filter_map(paths::find).find_map(|chromium| {
        let browser = Browser { chromium, driver: driver.clone() };
        browser.fit().inspect_err(|failure| println!("Passed over: {failure}.")).ok().map(|()| browser)
    })
}

/// What a program says of its version. On Windows browsers open a window instead of telling.
fn said(program: &Path) -> Option<String> {
    if cfg!(windows) {
        return None;
    }
    let told = Command::new(program).arg("--version").output().ok()?;
    Some(String::from_utf8_lossy(&told.stdout).trim().to_owned())
}

/// `Chromium 156.0.8078.79 built on …`, `ChromeDriver 156.0.8078.79 (…)`: 156.
fn major(said: &str) -> Option<u32> {
    said.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn versions_are_read() {
        assert_eq!(major("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)"), Some(156));
        assert_eq!(major("ChromeDriver 156.0.8078.79 (a21ce95c-refs/branch-heads/8078@{#1704})"), Some(156));
        assert_eq!(major("Google Chrome for Testing 140.0.7339.80"), Some(140));
        assert_eq!(major("not found"), None);
    }
}
