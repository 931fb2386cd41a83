//! Rust's WebAssembly target: rustup's, else on Debian one built once from Debian's packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::debian_wasm::Debian;
use crate::failure::Failure;
use crate::{paths, step};

/// The target.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// rustup downloads some 20 MB. Where its server can't be reached it tries for minutes; this is enough for a slow line.
const RUSTUP_LIMIT: Duration = Duration::from_secs(90);

/// How to call a cargo that can build for the target.
#[derive(Debug, Default)]
pub struct Toolchain {
    /// Debian's compiler with the std built for it; none: the ordinary toolchain can do it.
    debian: Option<Debian>,
}

impl Toolchain {
    /// A cargo that can build for the target, with a build folder of its own: another compiler must not mix with the ordinary one's work.
    pub fn cargo(&self) -> Command {
        let mut cargo = self.debian.as_ref().map_or_else(|| Command::new("cargo"), Debian::cargo);
        cargo.env("CARGO_TARGET_DIR", target_folder()).current_dir(paths::root());
        cargo
    }

    /// The compiler itself.
    pub fn rustc(&self) -> Command {
        let mut rustc = self.debian.as_ref().map_or_else(|| Command::new("rustc"), Debian::rustc);
        rustc.current_dir(paths::root());
        rustc
    }

    /// Whether it is Debian's: it comes without clippy.
    pub const fn is_debian(&self) -> bool {
        self.debian.is_some()
    }
}

/// Where the builds for the target go.
pub fn target_folder() -> PathBuf {
    paths::target().join("wasm")
}

/// Finds or prepares a toolchain for the target.
///
/// # Errors
/// Where neither rustup nor Debian's packages give one.
pub fn prepare() -> Result<Toolchain, Failure> {
    if has_target() {
        return Ok(Toolchain::default());
    }
    if let Some(debian) = Debian::ready() {
        return Ok(Toolchain { debian: Some(debian) });
    }
    if paths::find("rustup").is_some() && from_rustup() {
        return Ok(Toolchain::default());
    }
    Debian::prepare().map(|debian| Toolchain { debian: Some(debian) })
}

/// The ordinary way; whether it worked.
fn from_rustup() -> bool {
    println!("Rust's {TARGET} target is missing: asking rustup for it (at most {} s).", RUSTUP_LIMIT.as_secs());
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TARGET]).env("RUST_BACKTRACE", "0").current_dir(paths::root());
    match step::run("rustup target add", &mut rustup, Some(RUSTUP_LIMIT)) {
        Ok(_) => has_target(),
        Err(failure) => {
            println!("{failure}");
            false
        }
    }
}

fn has_target() -> bool {
    let told = Command::new("rustc").args(["--print", "sysroot"]).current_dir(paths::root()).output();
    told.is_ok_and(|told| holds_std(&Path::new(String::from_utf8_lossy(&told.stdout).trim()).join("lib/rustlib").join(TARGET).join("lib")))
}

fn holds_std(folder: &Path) -> bool {
    let is_std = |name: &str| name.starts_with("libstd-") && Path::new(name).extension().is_some_and(|kind| kind == "rlib");
    fs::read_dir(folder).is_ok_and(|entries| entries.flatten().any(|entry| is_std(&entry.file_name().to_string_lossy())))
}
