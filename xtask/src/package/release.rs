//! The versions that releases are built with. Others build too, and give other bytes.

use std::process::Command;

use crate::setup::wasm::Toolchain;

/// Rust, of rust-lang.org.
pub const RUST: &str = "1.95.0";

/// Node.
pub const NODE: &str = "20.20.2";

/// What differs here, a sentence each.
pub fn differences(toolchain: &Toolchain) -> Vec<String> {
    let rust = first_line(&mut toolchain.rustc());
    let node = first_line(&mut Command::new("node"));
    let mut differences = Vec::new();
    if toolchain.is_debian() {
        differences.push(format!(
            "The core was compiled by Debian's {rust}; releases are compiled by Rust {RUST} of rust-lang.org. Its bytes differ from a release's."
        ));
    } else if rust.split(' ').nth(1) != Some(RUST) {
        differences.push(format!("The core was compiled by {rust}; releases are compiled by Rust {RUST}. Its bytes differ from a release's."));
    }
    if node.trim_start_matches('v') != NODE {
        differences.push(format!("The core was made small by Node {node}; releases use Node {NODE}. Its bytes may differ from a release's."));
    }
    differences
}

fn first_line(command: &mut Command) -> String {
    let told = command.arg("--version").output().map(|told| String::from_utf8_lossy(&told.stdout).into_owned()).unwrap_or_default();
    told.lines().next().unwrap_or("(it doesn't say)").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::paths;

    /// Who rebuilds a package does it by README.
    #[test]
    fn readme_names_the_versions() {
        let readme = fs::read_to_string(paths::root().join("README.md")).expect("README");
        assert!(readme.contains(&format!("Rust {RUST} and Node {NODE}")), "README must say: Rust {RUST} and Node {NODE}");
    }

    /// Who builds them by a workflow, by this one.
    #[test]
    fn the_workflow_takes_the_same() {
        let workflow = fs::read_to_string(paths::root().join(".github/workflows/ci.yml")).expect("the workflow");
        assert!(workflow.contains(&format!("RUST: {RUST}\n")) && workflow.contains(&format!("NODE: {NODE}\n")), "RUST: {RUST}, NODE: {NODE}");
        // By a commit's hash: a tag can be moved.
        let used: Vec<&str> = workflow.lines().filter_map(|line| line.split_once("uses: ")?.1.split_whitespace().next()).collect();
        let pinned = |action: &&str| action.split_once('@').is_some_and(|(_, hash)| hash.len() == 40 && hash.bytes().all(|digit| digit.is_ascii_hexdigit()));
        assert!(used.len() >= 5 && used.iter().all(pinned), "{used:?}");
        for command in ["cargo xtask test", "cargo xtask demo --headless", "cargo xtask audit"] {
            assert!(workflow.contains(&format!("- run: {command}\n")), "{command}");
        }
    }
}
