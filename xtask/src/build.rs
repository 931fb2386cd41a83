//! `build`: the extension as the browser loads it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::failure::Failure;
use crate::setup::{node, wasm};
use crate::turn::Turn;
use crate::{paths, web};

/// What stands in `extension/` for its makers only.
const STAYS: [&str; 8] = ["package.json", "package-lock.json", "node_modules", "tsconfig.json", "eslint.config.js", "types", "tests", ".eslintcache"];

/// Builds `dist/chromium`.
///
/// # Errors
/// Where a step of it fails.
pub fn run() -> Result<(), Failure> {
    let toolchain = wasm::prepare()?;
    node::packages("extension")?;
    let folder = extension(&toolchain)?;
    println!("{} is ready: load it unpacked on your browser's extensions page.", folder.strip_prefix(paths::root()).unwrap_or(&folder).display());
    Ok(())
}

/// Builds the extension with a toolchain that is there; the folder it stands in.
///
/// # Errors
/// Where a step of it fails.
pub fn extension(toolchain: &wasm::Toolchain) -> Result<PathBuf, Failure> {
    let _turn = Turn::wait()?;
    let [done, new, old] = ["dist/chromium", "dist/chromium.new", "dist/chromium.old"].map(|folder| paths::root().join(folder));
    remove(&new)?;
    remove(&old)?;
    copy(&paths::root().join("extension"), &new, true)?;
    manifest(&new, "chromium")?;
    copy(&web::core(toolchain)?, &new.join("wasm"), false)?;
    // Replaced by moves, so that a browser never loads half of it, and nothing of an earlier build stays.
    if done.is_dir() {
        fs::rename(&done, &old).map_err(|error| Failure::at(&done, error))?;
    }
    fs::rename(&new, &done).map_err(|error| Failure::at(&done, error))?;
    remove(&old)?;
    Ok(done)
}

/// One source, one small overlay per browser: a value of the overlay replaces, `null` removes, objects are merged.
fn manifest(out: &Path, browser: &str) -> Result<(), Failure> {
    let read = |name: &str| {
        let path = paths::root().join("extension").join(name);
        let text = fs::read_to_string(&path).map_err(|error| Failure::at(&path, error))?;
        serde_json::from_str::<Value>(&text).map_err(|error| Failure::at(&path, error))
    };
    let mut manifest = read("manifest.json")?;
    merge(&mut manifest, read(&format!("manifest.{browser}.json"))?);
    merge(&mut manifest, serde_json::json!({ "version": version()? }));
    let path = out.join("manifest.json");
    fs::write(&path, format!("{manifest:#}\n")).map_err(|error| Failure::at(&path, error))
}

/// The product's version stands in one file: Cargo.toml.
fn version() -> Result<String, Failure> {
    let path = paths::root().join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| Failure::at(&path, error))?;
    let line = text.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    line.map(str::to_owned).ok_or_else(|| Failure::at(&path, "it names no version"))
}

fn merge(into: &mut Value, overlay: Value) {
    match (into, overlay) {
        (Value::Object(into), Value::Object(overlay)) => {
            for (key, value) in overlay {
                if value.is_null() {
                    into.shift_remove(&key);
                } else {
                    merge(into.entry(key).or_insert(Value::Null), value);
                }
            }
        }
        (into, overlay) => *into = overlay,
    }
}

fn copy(from: &Path, to: &Path, top: bool) -> Result<(), Failure> {
    fs::create_dir_all(to).map_err(|error| Failure::at(to, error))?;
    for entry in fs::read_dir(from).map_err(|error| Failure::at(from, error))? {
        let path = entry.map_err(|error| Failure::at(from, error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if top && (STAYS.contains(&name.as_str()) || name.starts_with("manifest.")) {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::merge;

    #[test]
    fn an_overlay_adds_replaces_and_removes() {
        let mut manifest = json!({"a": {"b": 1, "c": 2}, "d": [1, 2], "e": 3});
        merge(&mut manifest, json!({"a": {"b": 9}, "d": [3], "e": null, "f": {"g": 1}}));
        assert_eq!(manifest, json!({"a": {"b": 9, "c": 2}, "d": [3], "f": {"g": 1}}));
    }
}
