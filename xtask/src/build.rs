//! `build`: the extension as the browsers load it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::manifest::{self, Browser};
use crate::setup::{node, wasm};
use crate::turn::Turn;
use crate::{paths, step, web};

/// What stands in `extension/` for its makers only.
const STAYS: [&str; 8] = ["package.json", "package-lock.json", "node_modules", "tsconfig.json", "eslint.config.js", "types", "tests", ".eslintcache"];

/// Builds `dist/chromium` and `dist/firefox`.
///
/// # Errors
/// Where a step of it fails.
pub fn run() -> Result<(), Failure> {
    let toolchain = wasm::prepare()?;
    node::packages("extension")?;
    extension(&toolchain)?;
    println!("dist/chromium is ready: load it unpacked on your browser's extensions page.");
    println!("dist/firefox is ready: load its manifest.json as a temporary add-on on about:debugging.");
    Ok(())
}

/// Where a browser's build stands.
pub fn folder(browser: Browser) -> PathBuf {
    paths::root().join("dist").join(browser.name())
}

/// Builds the extension for every browser, with a toolchain that is there.
///
/// # Errors
/// Where a step of it fails.
pub fn extension(toolchain: &wasm::Toolchain) -> Result<(), Failure> {
    let _turn = Turn::wait()?;
    let core = web::core(toolchain)?;
    let version = manifest::version()?;
    for browser in Browser::ALL {
        let done = folder(browser);
        let [new, old] = ["new", "old"].map(|state| done.with_extension(state));
        remove(&new)?;
        remove(&old)?;
        copy(&paths::root().join("extension"), &new, true)?;
        copy(&core, &new.join("wasm"), false)?;
        let path = new.join("manifest.json");
        fs::write(&path, manifest::text(&manifest::built(browser, &version)?)).map_err(|error| Failure::at(&path, error))?;
        // Replaced by moves, so that a browser never loads half of it, and nothing of an earlier build stays.
        if done.is_dir() {
            fs::rename(&done, &old).map_err(|error| Failure::at(&done, error))?;
        }
        fs::rename(&new, &done).map_err(|error| Failure::at(&done, error))?;
        remove(&old)?;
    }
    Ok(())
}

/// What Mozilla's own linter says of Firefox's build: neither errors nor warnings.
///
/// # Errors
/// Where it finds something.
pub fn lint() -> Result<(), Failure> {
    let mut npm = node::npm();
    npm.args(["run", "--silent", "lint:addon", "--"]).arg(folder(Browser::Firefox)).current_dir(paths::root().join("extension"));
    step::run("Mozilla's add-on linter", &mut npm, None).map(drop)
}

fn copy(from: &Path, to: &Path, top: bool) -> Result<(), Failure> {
    fs::create_dir_all(to).map_err(|error| Failure::at(to, error))?;
    for entry in fs::read_dir(from).map_err(|error| Failure::at(from, error))? {
        let path = entry.map_err(|error| Failure::at(from, error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if top && (STAYS.contains(&name.as_str()) || manifest::is_part(&name)) {
            continue;
        }
        let target = to.join(&name);
        if path.is_dir() {
            copy(&path, &target, false)?;
        } else {
            fs::copy(&path, &target).map_err(|error| Failure::at(&path, error))?;
        }
    }
    Ok(())
}

pub fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::at(folder, error)),
        _ => Ok(()),
    }
}
