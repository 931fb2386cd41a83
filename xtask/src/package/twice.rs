//! `package --twice`: the source package, rebuilt by its own README in a folder whose path is longer, gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use zip::ZipArchive;

use crate::failure::Failure;
use crate::manifest::{self, Browser};
use crate::setup::wasm::Toolchain;
use crate::{build, paths, sbom, step};

/// A small machine compiles everything anew in some minutes.
const LIMIT: Duration = Duration::from_secs(1800);

/// Packs, rebuilds, compares; what came of it, in a line.
///
/// # Errors
/// Where a step fails, or the two differ.
pub fn twice(toolchain: &Toolchain) -> Result<String, Failure> {
    super::once(toolchain)?;
    let version = manifest::version()?;
    let elsewhere = paths::target().join("xtask/rebuilt/in/a/folder/whose/path/is/longer");
    build::remove(&elsewhere)?;
    let source = super::place(&super::name(&version, "source"));
    let root = elsewhere.join(format!("connection-lens-{version}"));
    unpack(&source, &elsewhere)?;
    let mut cargo = Command::new("cargo");
    // As a person would who has only that package: nothing of this build is told on.
    cargo.args(["xtask", "package"]).current_dir(&root);
    for variable in ["CARGO_TARGET_DIR", "CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS"] {
        cargo.env_remove(variable);
    }
    // Of its own tools nobody reads a trace; of the core's profile this changes nothing.
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
    if let Some(home) = another_home(&elsewhere) {
        cargo.env("CARGO_HOME", home);
    }
    step::run("rebuilding from the source package, in another folder", &mut cargo, Some(LIMIT))?;
    let names = Browser::ALL.map(|browser| super::name(&version, browser.name())).into_iter().chain([sbom::name(&version)]);
    let differences: Vec<String> =
        names.filter_map(|name| difference(&super::place(&name), &root.join("dist").join(name)).transpose()).collect::<Result<_, _>>()?;
    if !differences.is_empty() {
        return Err(Failure::new(format!("rebuilt in {}, the packages differ: {}", root.display(), differences.join("; "))));
    }
    let told = format!("built twice, in folders of {} and {} letters: the same bytes", paths::root().as_os_str().len(), root.as_os_str().len());
    println!("{told}");
    // A gigabyte that nobody needs again; of a failure it stays, to be looked at.
    build::remove(&paths::target().join("xtask/rebuilt"))?;
    Ok(told)
}

fn unpack(archive: &Path, folder: &Path) -> Result<(), Failure> {
    let file = File::open(archive).map_err(|error| Failure::at(archive, error))?;
    ZipArchive::new(file).and_then(|mut archive| archive.extract(folder)).map_err(|error| Failure::at(archive, error))
}

/// Cargo's own folder under another path, with the same things in it: where crates lie must not matter either. Only where links are easily made.
#[cfg(unix)]
fn another_home(folder: &Path) -> Option<PathBuf> {
    let usual = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo"));
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(usual)?;
    let other = folder.join("cargo");
    fs::create_dir_all(&other).ok()?;
    for entry in fs::read_dir(home).ok()?.flatten() {
        std::os::unix::fs::symlink(entry.path(), other.join(entry.file_name())).ok()?;
    }
    Some(other)
}

#[cfg(not(unix))]
fn another_home(_: &Path) -> Option<PathBuf> {
    None
}

/// In what two files differ, if they do.
fn difference(one: &Path, other: &Path) -> Result<Option<String>, Failure> {
    let read = |path: &Path| fs::read(path).map_err(|error| Failure::at(path, error));
    let (first, second) = (read(one)?, read(other)?);
    if first == second {
        return Ok(None);
    }
    let name = one.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (Ok(first), Ok(second)) = (contents(one), contents(other)) else { return Ok(Some(name)) };
    let names: BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    let differ: Vec<&str> = names.into_iter().filter(|name| first.get(*name) != second.get(*name)).map(String::as_str).collect();
    Ok(Some(format!("{name}: {}", if differ.is_empty() { "the archive itself".to_owned() } else { differ.join(", ") })))
}

fn contents(path: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let file = File::open(path).map_err(|error| Failure::at(path, error))?;
    let mut archive = ZipArchive::new(file).map_err(|error| Failure::at(path, error))?;
    let mut contents = BTreeMap::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).map_err(|error| Failure::at(path, error))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| Failure::at(path, error))?;
        let name = file.name().map_err(|error| Failure::at(path, error))?.into_owned();
        contents.insert(name, bytes);
    }
    Ok(contents)
}

#[cfg(test)]
mod tests {
    use super::super::archive::{Entry, pack};
    use super::*;

    #[test]
    fn a_difference_is_told_by_its_file() {
        let folder = paths::target().join("xtask").join(format!("twice-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let packed = |text: &str| pack(vec![Entry { name: "a/b.js".to_owned(), bytes: text.into(), is_executable: false }]).expect("an archive");
        let [one, other, third] = ["one.zip", "other.zip", "third.json"].map(|name| folder.join(name));
        fs::write(&one, packed("1")).and_then(|()| fs::write(&other, packed("2"))).and_then(|()| fs::write(&third, "{}")).expect("files");
        assert_eq!(difference(&one, &one).expect("readable"), None);
        assert_eq!(difference(&one, &other).expect("readable").as_deref(), Some("one.zip: a/b.js"));
        assert_eq!(difference(&third, &one).expect("readable").as_deref(), Some("third.json"));
        build::remove(&folder).expect("gone");
    }
}
