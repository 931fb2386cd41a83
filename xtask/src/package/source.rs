//! The source, as git knows it: nothing that only lies about.

use std::fs;
use std::process::Command;

use super::archive::Entry;
use crate::failure::Failure;
use crate::paths;

/// The mode of a file that may be run, as git writes it.
const EXECUTABLE: &str = "100755";

/// Whether this is a git checkout. An unpacked source package isn't: it rebuilds the others, not itself.
pub fn is_here() -> bool {
    paths::root().join(".git").exists()
}

/// Git's files, under a folder of the package's name.
///
/// # Errors
/// Where a file can't be read, or git fails.
pub fn files(version: &str) -> Result<Vec<Entry>, Failure> {
    let listed = git(&["ls-files", "--stage", "-z"])?;
    let mut entries = Vec::new();
    // `100644 <hash> 0\tpath`
    for line in listed.split('\0').filter(|line| !line.is_empty()) {
        let (facts, name) = line.split_once('\t').ok_or_else(|| Failure::new(format!("git ls-files says {line}")))?;
        let path = paths::root().join(name);
        let bytes = fs::read(&path).map_err(|error| Failure::at(&path, error))?;
        entries.push(Entry { name: format!("connection-lens-{version}/{name}"), bytes, is_executable: facts.starts_with(EXECUTABLE) });
    }
    Ok(entries)
}

/// Files that would be in a package, or in what it is compiled from, and that git doesn't know: whoever rebuilds it wouldn't have them.
///
/// # Errors
/// Where git fails.
pub fn unknown() -> Result<Vec<String>, Failure> {
    let listed = git(&["ls-files", "--others", "--exclude-standard", "-z", "extension", "src"])?;
    Ok(listed.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// Whether what is packed is what a commit holds.
///
/// # Errors
/// Where git fails.
pub fn is_committed() -> Result<bool, Failure> {
    Ok(git(&["status", "--porcelain", "--untracked-files=no"])?.trim().is_empty())
}

fn git(arguments: &[&str]) -> Result<String, Failure> {
    let told = Command::new("git").args(arguments).current_dir(paths::root()).output();
    let told = told.map_err(|error| Failure::new(format!("git could not be started: {error}")))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if told.status.success() { Ok(text(&told.stdout)) } else { Err(Failure::new(format!("git {}: {}", arguments.join(" "), text(&told.stderr)))) }
}
