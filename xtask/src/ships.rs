//! What ships beside our own: the crates that the WebAssembly is compiled from, and what wrote some of its code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::failure::Failure;
use crate::paths;
use crate::setup::wasm::TARGET;

/// The crate that writes `connection_lens.js`. It doesn't run in the browser, but what it wrote does.
const BINDINGS: &str = "wasm-bindgen-cli-support";

/// How a crate comes into what ships.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Its code is in the WebAssembly.
    Linked,
    /// It wrote code when that was compiled (macros), or the bindings after; its own code stays behind.
    Wrote,
}

/// A crate of the registry.
#[derive(Debug, Clone)]
pub struct Crate {
    pub name: String,
    pub version: String,
    pub part: Part,
    /// As it says itself, in SPDX's words.
    pub licence: String,
    pub authors: Vec<String>,
    /// SHA-256 of the archive that the registry gave, as the lock file holds it.
    pub checksum: String,
    /// Where its source lies on this machine.
    pub folder: PathBuf,
}

/// All of them, by name and version.
///
/// # Errors
/// Where cargo can't tell, or its two answers don't fit.
pub fn crates() -> Result<Vec<Crate>, Failure> {
    let all = tree("normal")?;
    let linked = tree("normal,no-proc-macro")?;
    let locked = locked()?;
    let metadata = metadata()?;
    let packages = metadata["packages"].as_array().ok_or_else(|| Failure::new("cargo metadata names no packages"))?;
    let mut crates = Vec::new();
    for package in packages.iter().filter(|package| !package["source"].is_null()) {
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        let id = (text("name"), text("version"));
        if id.0 != BINDINGS && !all.contains(&id) {
            continue;
        }
        let checksum = locked.get(&id).cloned().ok_or_else(|| Failure::new(format!("Cargo.lock holds no checksum of {} {}", id.0, id.1)))?;
        let authors = package["authors"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        let folder = Path::new(&text("manifest_path")).parent().map(Path::to_owned).unwrap_or_default();
        let part = if linked.contains(&id) { Part::Linked } else { Part::Wrote };
        crates.push(Crate { name: id.0, version: id.1, part, licence: text("license"), authors, checksum, folder });
    }
    crates.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    // The tree's crates but the product itself, and the one that stands beside the tree.
    let (found, wanted) = (crates.len(), all.len() - 1 + 1);
    if found == wanted {
        Ok(crates)
    } else {
        Err(Failure::new(format!("cargo tree and {BINDINGS} are {wanted} crates, and cargo metadata knows {found} of them")))
    }
}

/// Checksums by name and version, as the lock file holds them.
///
/// # Errors
/// Where it can't be read.
pub fn locked() -> Result<BTreeMap<(String, String), String>, Failure> {
    let path = paths::root().join("Cargo.lock");
    let text = fs::read_to_string(&path).map_err(|error| Failure::at(&path, error))?;
    let field = |block: &str, name: &str| block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \"")?.strip_suffix('"')).map(str::to_owned);
    Ok(text.split("[[package]]").filter_map(|block| Some(((field(block, "name")?, field(block, "version")?), field(block, "checksum")?))).collect())
}

/// Who needs whom, each as `name@version`.
///
/// # Errors
/// Where cargo can't tell.
pub fn edges() -> Result<BTreeSet<(String, String)>, Failure> {
    let mut edges = BTreeSet::new();
    let mut path: Vec<String> = Vec::new();
    for line in ask("normal", &["--prefix", "depth", "--no-dedupe"])?.lines() {
        // `2serde_core v1.0.229`
        let Some((depth, (name, version))) =
            line.find(|c: char| !c.is_ascii_digit()).and_then(|end| line.split_at_checked(end)).and_then(|(depth, rest)| Some((depth, read(rest)?)))
        else {
            continue;
        };
        path.truncate(depth.parse().unwrap_or_default());
        let reference = format!("{name}@{version}");
        edges.extend(path.last().map(|parent| (parent.clone(), reference.clone())));
        path.push(reference);
    }
    Ok(edges)
}

/// What cargo would compile for the browser, along edges of these kinds; the product is one of them.
fn tree(edges: &str) -> Result<BTreeSet<(String, String)>, Failure> {
    Ok(ask(edges, &["--prefix", "none"])?.lines().filter_map(read).collect())
}

/// `serde v1.0.229 (proc-macro)`
fn read(line: &str) -> Option<(String, String)> {
    let mut words = line.split_whitespace();
    Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
}

fn ask(edges: &str, form: &[&str]) -> Result<String, Failure> {
    answer(cargo().args(["tree", "--locked", "--package", "connection-lens", "--target", TARGET, "--format", "{p}", "--edges", edges]).args(form))
}

fn metadata() -> Result<Value, Failure> {
    // By the platform, or cargo would fetch what only other systems need.
    let told = answer(cargo().args(["metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET]))?;
    serde_json::from_str(&told).map_err(|error| Failure::new(format!("cargo metadata: {error}")))
}

fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(paths::root());
    cargo
}

fn answer(command: &mut Command) -> Result<String, Failure> {
    let told = command.output().map_err(|error| Failure::new(format!("cargo could not be started: {error}")))?;
    if told.status.success() { Ok(String::from_utf8_lossy(&told.stdout).into_owned()) } else { Err(Failure::new(String::from_utf8_lossy(&told.stderr))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_known_by_name_and_by_its_way_in() {
        let crates = crates().expect("cargo tells");
        let part = |name: &str| crates.iter().find(|one| one.name == name).map(|one| one.part);
        assert_eq!((part("serde_json"), part("web-sys")), (Some(Part::Linked), Some(Part::Linked)));
        assert_eq!((part("serde_derive"), part("syn"), part(BINDINGS)), (Some(Part::Wrote), Some(Part::Wrote), Some(Part::Wrote)));
        // Of the command line, of tests and of tools: nothing of them ships.
        assert_eq!((part("clap"), part("proptest"), part("walrus"), part("connection-lens")), (None, None, None, None));
        assert!(crates.iter().all(|one| one.checksum.len() == 64 && one.folder.is_dir() && !one.licence.is_empty()));
    }
}
