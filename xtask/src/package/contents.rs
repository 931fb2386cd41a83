//! What stands in a browser's package, held against the list that was looked at.

use std::fs;
use std::path::{Path, PathBuf};

use super::archive::Entry;
use crate::failure::Failure;
use crate::manifest::{self, Browser};
use crate::{build, paths};

/// The files of a build, with the manifest as a store takes it.
///
/// # Errors
/// Where the build isn't there, or holds other files than the list.
pub fn of(browser: Browser, version: &str) -> Result<Vec<Entry>, Failure> {
    let folder = build::folder(browser);
    let mut entries = Vec::new();
    walk(&folder, "", &mut entries)?;
    let manifest = manifest::text(&manifest::packed(browser, version)?);
    for entry in entries.iter_mut().filter(|entry| entry.name == "manifest.json") {
        entry.bytes = manifest.clone().into_bytes();
    }
    let path = list_of(browser);
    let looked_at = fs::read_to_string(&path).map_err(|error| Failure::at(&path, error))?;
    let names: Vec<String> = entries.iter().map(|entry| entry.name.clone()).collect();
    if text(names.clone()) == looked_at {
        return Ok(entries);
    }
    let more: Vec<_> = names.iter().filter(|name| !looked_at.lines().any(|line| line == *name)).map(String::as_str).collect();
    let less: Vec<_> = looked_at.lines().filter(|line| !names.iter().any(|name| name == line)).collect();
    let told = format!("what would ship is not what was looked at (more: {}; less: {})", more.join(" "), less.join(" "));
    Err(Failure::at(&path, format!("{told}: clear it away, or look at it and run `BLESS=1 cargo test --package xtask`")))
}

/// A list as it is written.
fn text(mut names: Vec<String>) -> String {
    names.sort();
    names.into_iter().map(|name| name + "\n").collect()
}

fn list_of(browser: Browser) -> PathBuf {
    paths::root().join("tests/fixtures/packages").join(format!("{}.txt", browser.name()))
}

fn walk(folder: &Path, prefix: &str, entries: &mut Vec<Entry>) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(|error| Failure::at(folder, error))? {
        let path = entry.map_err(|error| Failure::at(folder, error))?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            walk(&path, &format!("{name}/"), entries)?;
        } else {
            entries.push(Entry { name, bytes: fs::read(&path).map_err(|error| Failure::at(&path, error))?, is_executable: false });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What people install, file by file. `BLESS=1` writes it anew.
    #[test]
    fn the_files_that_ship_are_those_that_were_looked_at() {
        for browser in Browser::ALL {
            let text = text(build::shipped().expect("the extension's files"));
            let path = list_of(browser);
            if std::env::var_os("BLESS").is_some() {
                fs::write(&path, &text).expect("a place for it");
            }
            assert_eq!(text, fs::read_to_string(&path).unwrap_or_default(), "{}", path.display());
        }
    }
}
