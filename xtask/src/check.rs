//! `check`: format, lints, documentation, the scripts' types. Nothing is run.

use std::process::Command;

use crate::failure::Failure;
use crate::setup::{node, wasm};
use crate::{paths, step};

/// What is compiled for the browser.
const BROWSER: [&str; 6] = ["--package", "connection-lens", "--lib", "--target", wasm::TARGET, "--locked"];

/// Checks everything that can be checked without running it.
///
/// # Errors
/// Where something is found, with the tools' own words.
pub fn run() -> Result<(), Failure> {
    let toolchain = wasm::prepare()?;
    node::packages("extension")?;
    node::packages("www")?;
    all(&toolchain)
}

/// The checks, with everything prepared. Each is made, whatever the ones before found.
///
/// # Errors
/// As for [`run`].
pub fn all(toolchain: &wasm::Toolchain) -> Result<(), Failure> {
    let cargo = |arguments: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.args(arguments).current_dir(paths::root());
        cargo
    };
    let mut documentation = cargo(&["doc", "--quiet", "--workspace", "--no-deps", "--locked"]);
    documentation.env("RUSTDOCFLAGS", "-D warnings");
    let (what, browser) = browser(toolchain);
    let scripts = |folder: &str| {
        let mut npm = node::npm();
        npm.args(["run", "--silent", "check"]).current_dir(paths::root().join(folder));
        npm
    };
    let checks = [
        ("format", cargo(&["fmt", "--all", "--check", "--", "--color=never"])),
        ("lints", cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])),
        ("documentation", documentation),
        (what, browser),
        ("scripts of extension", scripts("extension")),
        ("scripts of www", scripts("www")),
    ];
    let failures: Vec<String> =
        checks.into_iter().filter_map(|(what, mut command)| step::run(what, &mut command, None).err().map(|failure| failure.to_string())).collect();
    if failures.is_empty() { Ok(()) } else { Err(Failure::new(failures.join("\n"))) }
}

fn browser(toolchain: &wasm::Toolchain) -> (&'static str, Command) {
    let mut cargo = toolchain.cargo();
    if toolchain.is_debian() {
        cargo.args(["check", "--quiet"]).args(BROWSER).env("RUSTFLAGS", "-D warnings");
        ("the browser's part (compiler warnings only: Debian's compiler for it comes without clippy)", cargo)
    } else {
        cargo.args(["clippy", "--quiet"]).args(BROWSER).args(["--", "-D", "warnings"]);
        ("the browser's part", cargo)
    }
}
