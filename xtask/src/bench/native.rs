//! Rows that need no browser: `benches/speed.js` with the native runner, the core that ships and the one with the measured door.

use std::path::Path;
use std::process::Command;

use super::rows::Found;
use crate::failure::Failure;
use crate::setup::wasm::Toolchain;
use crate::{paths, step, web};

/// Measures them. `program`: the browser runner, which writes the flows.
pub fn measure(toolchain: &Toolchain, program: &Path, folder: &Path, found: &mut Found) -> Result<(), Failure> {
    let shipped = web::core(toolchain)?;
    let measured = web::module(toolchain, "connection-lens-bench", "measured-core")?;
    let mut cargo = Command::new("cargo");
    cargo.args([
        "build",
        "--release",
        "--locked",
        "--package",
        "connection-lens-bench",
        "--bin",
        "native",
        "--package",
        "connection-lens",
        "--bin",
        "connection-lens",
    ]);
    step::run("building the native core", cargo.current_dir(paths::root()), None)?;
    let flows = folder.join("flows");
    step::run("making flows", Command::new(program).arg("flows").arg(&flows), None)?;
    let mut node = Command::new("node");
    node.arg(paths::root().join("benches/speed.js")).arg(&flows).arg(release("native")).arg(shipped).arg(measured);
    found.take(&step::run("reading flows: WebAssembly, native and JavaScript in turns", &mut node, None)?);
    Ok(())
}

/// A program of the release build.
pub fn release(name: &str) -> std::path::PathBuf {
    paths::target().join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
