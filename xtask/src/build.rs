//! `build`: the extension as the browsers load it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::manifest::{self, Browser};
use crate::setup::{node, wasm};
use crate::turn::Turn;
use crate::{paths, web};

/// What stands in `extension/` for its makers only.
const STAYS: [&str; 8] = ["package.json", "package-lock.json", "node_modules", "tsconfig.json", "eslint.config.js", "types", "tests", ".eslintcache"];

/// Made of its parts.
const MANIFEST: &str = "manifest.json";

/// Where the core stands in a build.
const CORE: &str = "wasm/";

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
        for name in shipped()? {
            let target = new.join(&name);
            let folder = target.parent().unwrap_or(&new);
            fs::create_dir_all(folder).map_err(|error| Failure::at(folder, error))?;
            if name == MANIFEST {
                fs::write(&target, manifest::text(&manifest::built(browser, &version)?)).map_err(|error| Failure::at(&target, error))?;
            } else {
                let source = name.strip_prefix(CORE).map_or_else(|| paths::root().join("extension").join(&name), |name| core.join(name));
                fs::copy(&source, &target).map_err(|error| Failure::at(&source, error))?;
            }
        }
        // Replaced by moves, so that a browser never loads half of it, and nothing of an earlier build stays.
        if done.is_dir() {
            fs::rename(&done, &old).map_err(|error| Failure::at(&done, error))?;
        }
        fs::rename(&new, &done).map_err(|error| Failure::at(&done, error))?;
        remove(&old)?;
    }
    Ok(())
}

/// Every file that ships, by its path in the build.
///
/// # Errors
/// Where `extension/` can't be read.
pub fn shipped() -> Result<Vec<String>, Failure> {
    let mut names = vec![MANIFEST.to_owned()];
    names.extend(web::FILES.map(|name| format!("{CORE}{name}")));
    list(&paths::root().join("extension"), "", &mut names)?;
    Ok(names)
}

fn list(folder: &Path, prefix: &str, names: &mut Vec<String>) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(|error| Failure::at(folder, error))? {
        let path = entry.map_err(|error| Failure::at(folder, error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if prefix.is_empty() && (STAYS.contains(&name.as_str()) || manifest::is_part(&name)) {
            continue;
        }
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            list(&path, &format!("{name}/"), names)?;
        } else {
            names.push(name);
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
