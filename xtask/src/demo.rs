//! `demo`: the practice portal and the extension, in a browser of its own.

use std::process::Command;

use crate::failure::Failure;
use crate::setup::{chromium, node, wasm};
use crate::{build, paths, step};

/// Prepares everything and starts the demo; its arguments are passed on.
///
/// # Errors
/// Where something can't be prepared, or the demo fails.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    let toolchain = wasm::prepare()?;
    node::packages("extension")?;
    node::packages("www")?;
    let browser = chromium::prepare()?;
    build::extension(&toolchain)?;
    portal()?;
    step::run(
        "building the demo",
        Command::new("cargo").args(["build", "--package", "connection-lens-e2e", "--bin", "demo", "--locked"]).current_dir(paths::root()),
        None,
    )?;
    let mut demo = Command::new("cargo");
    demo.args(["run", "--quiet", "--package", "connection-lens-e2e", "--bin", "demo", "--locked", "--"]).args(arguments).current_dir(paths::root());
    let status = browser.told_to(&mut demo).status().map_err(|error| Failure::new(format!("the demo could not be started: {error}")))?;
    if status.success() { Ok(()) } else { Err(Failure::new("the demo failed, see above")) }
}

/// Builds the practice portal's pages.
///
/// # Errors
/// Where npm fails.
pub fn portal() -> Result<(), Failure> {
    step::run("building the practice portal", node::npm().args(["run", "--silent", "build"]).current_dir(paths::root().join("www")), None).map(drop)
}
