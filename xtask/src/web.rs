//! The core for the browser: compiled, given its bindings, made small.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::build::remove;
use crate::failure::Failure;
use crate::setup::wasm::{self, Toolchain};
use crate::{paths, remap, step};

/// What today's rustc emits for the target as it is told, all of it in every browser since Chrome 96 (SIMD, bulk memory, sign extension, …).
const FEATURES: [&str; 7] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
];

/// Several bytes at a time, where texts are searched: in every browser since Chrome 91 and Firefox 89.
const SIMD: &str = "-Ctarget-feature=+simd128";

/// What it is made into.
pub const FILES: [&str; 2] = ["connection_lens.js", "connection_lens_bg.wasm"];

/// Makes the core, unless nothing that it is made of has changed; the folder with its [`FILES`].
///
/// # Errors
/// Where a step of it fails.
pub fn core(toolchain: &Toolchain) -> Result<PathBuf, Failure> {
    module(toolchain, "connection-lens", "core")
}

/// Makes one package of the workspace for the browser, in a folder of this name; what is made is called as the package.
///
/// # Errors
/// As for [`core()`].
pub fn module(toolchain: &Toolchain, package: &str, name: &str) -> Result<PathBuf, Failure> {
    step::run(&format!("building the {name} for WebAssembly"), &mut compile(toolchain, package)?, None)?;
    let stem = package.replace('-', "_");
    let compiled = wasm::target_folder().join(wasm::TARGET).join("wasm").join(format!("{stem}.wasm"));
    let folder = paths::target().join("xtask").join(name);
    let note = folder.with_extension("made-of");
    let key = ingredients(&compiled)?;
    if folder.is_dir() && fs::read_to_string(&note).is_ok_and(|made_of| made_of == key) {
        return Ok(folder);
    }
    // Without its note, what an interrupted run leaves is never taken for the whole.
    write(&note, "")?;
    remove(&folder)?;
    bind(&compiled, &folder)?;
    shrink(&folder.join(format!("{stem}_bg.wasm")), name)?;
    write(&note, &key)?;
    Ok(folder)
}

fn compile(toolchain: &Toolchain, package: &str) -> Result<Command, Failure> {
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--package", package, "--lib", "--profile", "wasm", "--target", wasm::TARGET, "--locked"]);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", format!("{}\x1f{SIMD}", remap::flags(toolchain)?));
    Ok(cargo)
}

/// The crates that the compiler put into the core, by name and version, as cargo tells of a build that is done. The product itself is none of them.
///
/// # Errors
/// Where it can't be built.
pub fn compiled(toolchain: &Toolchain) -> Result<BTreeSet<(String, String)>, Failure> {
    let mut cargo = compile(toolchain, "connection-lens")?;
    let told = cargo.args(["--quiet", "--message-format", "json"]).output().map_err(|error| Failure::new(format!("cargo could not be started: {error}")))?;
    if !told.status.success() {
        return Err(Failure::new(String::from_utf8_lossy(&told.stderr)));
    }
    let read = |line: &str| {
        let artifact: Value = serde_json::from_str(line).ok()?;
        // Macros and build scripts are compiled for this machine.
        artifact["filenames"].as_array()?.iter().find(|file| file.as_str().is_some_and(|file| file.contains(wasm::TARGET)))?;
        // `registry+https://…#serde@1.0.229`
        let (name, version) = artifact["package_id"].as_str().filter(|id| id.starts_with("registry+"))?.split_once('#')?.1.split_once('@')?;
        Some((name.to_owned(), version.to_owned()))
    };
    Ok(String::from_utf8_lossy(&told.stdout).lines().filter_map(read).collect())
}

fn bind(compiled: &Path, folder: &Path) -> Result<(), Failure> {
    let mut bindings = wasm_bindgen_cli_support::Bindgen::new();
    let made = bindings
        .input_path(compiled)
        .web(true)
        .and_then(|bindings| bindings.typescript(false).reset_state_function(true).remove_name_section(true).remove_producers_section(true).generate(folder));
    made.map_err(|error| Failure::new(format!("the core's bindings could not be made: {error:#}")))
}

fn shrink(file: &Path, name: &str) -> Result<(), Failure> {
    let size = || fs::metadata(file).map(|file| file.len() / 1000).map_err(|error| Failure::at(file, error));
    let before = size()?;
    let small = file.with_extension("small");
    step::run("making it small", Command::new("node").arg(optimiser()).arg("-O4").args(FEATURES).arg(file).arg("-o").arg(&small), None)?;
    fs::rename(&small, file).map_err(|error| Failure::at(file, error))?;
    println!("the {name} is {} kB of WebAssembly (before: {before} kB)", size()?);
    Ok(())
}

/// npm's package holds the optimiser itself as WebAssembly: it runs wherever Node does.
fn optimiser() -> PathBuf {
    paths::root().join("extension/node_modules/binaryen/bin/wasm-opt")
}

/// All that the result depends on: making it small takes longer than all the rest.
fn ingredients(compiled: &Path) -> Result<String, Failure> {
    let mut hasher = DefaultHasher::new();
    // What is asked of the tools stands in this file; which tools they are, in the two lock files.
    include_str!("web.rs").hash(&mut hasher);
    for file in [compiled, &paths::root().join("Cargo.lock"), &paths::root().join("extension/package-lock.json")] {
        fs::read(file).map_err(|error| Failure::at(file, error))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure::at(path, error))
}
