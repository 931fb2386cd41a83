//! `check`: format, lints, documentation, the scripts' types. Nothing is run.

use std::process::Command;

use crate::failure::Failure;
use crate::setup::{node, wasm};
use crate::{paths, step};

/// Checks everything that can be checked without running it.
///
/// # Errors
/// Where something is found, with the tool's own words.
pub fn run() -> Result<(), Failure> {
    let toolchain = wasm::prepare()?;
    node::packages("extension")?;
    node::packages("www")?;
    all(&toolchain)
}

/// The checks, with everything prepared.
///
/// # Errors
/// As for [`run`].
pub fn all(toolchain: &wasm::Toolchain) -> Result<(), Failure> {
    let cargo = |arguments: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.args(arguments).current_dir(paths::root());
        cargo
    };
    step::run("format", &mut cargo(&["fmt", "--all", "--check"]), None)?;
    step::run("lints", &mut cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]), None)?;
    step::run("documentation", cargo(&["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-D warnings"), None)?;
    let browser = ["--package", "connection-lens", "--lib", "--target", wasm::TARGET, "--locked"];
    if toolchain.is_debian() {
        // Debian's compiler for the target comes without clippy: the compiler's own warnings are checked.
        let mut check = toolchain.cargo();
        check.arg("check").args(browser).env("RUSTFLAGS", "-D warnings").current_dir(paths::root());
        step::run("the browser's part (compiler warnings; clippy is not to be had for it here)", &mut check, None)?;
    } else {
        let mut clippy = toolchain.cargo();
        clippy.arg("clippy").args(browser).args(["--", "-D", "warnings"]).current_dir(paths::root());
        step::run("the browser's part", &mut clippy, None)?;
    }
    for folder in ["extension", "www"] {
        step::run(&format!("scripts of {folder}"), node::npm().args(["run", "--silent", "check"]).current_dir(paths::root().join(folder)), None)?;
    }
    Ok(())
}
