//! Paths of this machine, kept out of what is compiled: a panic names the file where it began.

use std::path::Path;

use crate::failure::Failure;
use crate::setup::wasm::{self, Toolchain};
use crate::{paths, ships};

/// The compiler's flags that give every folder the same name everywhere. Nobody's own flags stand beside them: who sets others gets other bytes.
///
/// # Errors
/// Where cargo can't tell which crates there are.
pub fn flags(toolchain: &Toolchain) -> Result<String, Failure> {
    let mut flags = vec![flag(paths::root(), "/connection-lens"), flag(&wasm::target_folder(), "/target")];
    // Each by itself: how a registry's folder is called depends on cargo and on where it fetched from.
    flags.extend(ships::crates()?.iter().map(|one| flag(&one.folder, &format!("/crates/{}-{}", one.name, one.version))));
    flags.push(std_source(toolchain)?);
    // Cargo's own way to write several flags of which one may hold a space.
    Ok(flags.join("\x1f"))
}

/// The std's source, where it is installed beside the compiler; where it isn't, the compiler itself calls it so.
fn std_source(toolchain: &Toolchain) -> Result<String, Failure> {
    let told = |argument: &[&str]| {
        let told = toolchain.rustc().args(argument).output().map_err(|error| Failure::new(format!("rustc could not be started: {error}")))?;
        Ok(String::from_utf8_lossy(&told.stdout).trim().to_owned())
    };
    let version = told(&["-vV"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");
    Ok(flag(&Path::new(&told(&["--print", "sysroot"])?).join("lib/rustlib/src/rust"), &format!("/rustc/{commit}")))
}

fn flag(folder: &Path, name: &str) -> String {
    format!("--remap-path-prefix={}={name}", folder.display())
}

/// Paths of this machine that stand in a file all the same.
pub fn left_in(bytes: &[u8]) -> Vec<String> {
    let homes = ["HOME", "USERPROFILE", "CARGO_HOME", "RUSTUP_HOME"].into_iter().filter_map(std::env::var_os);
    let folders = homes.map(|folder| folder.to_string_lossy().into_owned()).chain([paths::root().display().to_string(), "/.cargo/registry/".to_owned()]);
    // `/` or `/root` alone is found in text that is no path.
    let is_in = |folder: &String| {
        folder.len() > 1 && bytes.windows(folder.len() + 1).any(|at| at.starts_with(folder.as_bytes()) && matches!(at.last(), Some(b'/' | b'\\')))
    };
    let mut left: Vec<String> = folders.filter(is_in).collect();
    left.dedup();
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_this_machine_is_found() {
        let root = paths::root().display().to_string();
        assert_eq!(left_in(format!("a panic at {root}/src/lib.rs").as_bytes()), [root]);
        assert!(left_in(b"a panic at /connection-lens/src/lib.rs, /crates/serde_json-1.0.0/src/de.rs").is_empty());
    }
}
