//! Rows in a real browser: the runner stands beside the browser suites and uses their stage.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::rows::Found;
use crate::failure::Failure;
use crate::setup::chromium::Browser;
use crate::{paths, step};

/// A browser that hangs must not hang the bench.
const LIMIT: Duration = Duration::from_secs(1200);

/// Builds the runner.
pub fn program() -> Result<PathBuf, Failure> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--locked", "--package", "connection-lens-e2e", "--bin", "bench"]);
    step::run("building the browser's runner", cargo.current_dir(paths::root()), None)?;
    Ok(paths::target().join("debug").join(format!("bench{}", std::env::consts::EXE_SUFFIX)))
}

/// Measures them.
pub fn measure(program: &Path, chromium: &Browser, found: &mut Found) -> Result<(), Failure> {
    let mut command = Command::new(program);
    chromium.told_to(command.arg("browser"));
    let output = step::run("in the browser", &mut command, Some(LIMIT))?;
    // Why a row couldn't be measured.
    output.lines().filter(|line| !line.starts_with('{')).for_each(|line| println!("{line}"));
    found.take(&output);
    Ok(())
}
