//! Chrome for Testing, kept in the build folder: for systems without a package of Chromium, and for Windows and macOS.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::chromium::Browser;
use super::node;
use crate::{paths, step};

/// Some 150 MB, on a slow line.
const LIMIT: Duration = Duration::from_secs(900);

/// Fetches the newest pair, with npm's own tool for it.
pub fn fetch() -> Option<Browser> {
    for what in ["chrome@stable", "chromedriver@stable"] {
        let mut npm = node::npm();
        npm.args(["exec", "--yes", "--", "@puppeteer/browsers", "install", what, "--path"]).arg(folder());
        let (output, success) = step::attempt(&format!("fetching {what}"), &mut npm, Some(LIMIT)).ok()?;
        if !success {
            // All the rest is the tool's help.
            let why = output.lines().find(|line| line.contains("Error") || line.contains("ERR!")).unwrap_or(&output);
            println!("{}", why.trim());
            return None;
        }
    }
    fetched()
}

/// What an earlier run fetched.
pub fn fetched() -> Option<Browser> {
    let chromium = seek(&folder(), &["chrome", "chrome.exe", "Google Chrome for Testing"])?;
    let driver = seek(&folder(), &["chromedriver", "chromedriver.exe"])?;
    Some(Browser { chromium, driver })
}

fn folder() -> PathBuf {
    paths::target().join("browsers")
}

/// The first file of such a name in a folder or below.
fn seek(folder: &Path, names: &[&str]) -> Option<PathBuf> {
    let (folders, files): (Vec<_>, Vec<_>) = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).partition(|path| path.is_dir());
    let wanted = |path: &PathBuf| path.file_name().is_some_and(|name| names.iter().any(|own| name == *own));
    // macOS packs a program into a folder that links to itself under other names: links are not followed.
    files.into_iter().find(wanted).or_else(|| folders.iter().filter(|folder| !folder.is_symlink()).find_map(|folder| seek(folder, names)))
}
