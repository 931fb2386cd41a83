//! The WebAssembly target from Debian's packages, where rustup's server can't be reached. Debian's compiler for the web comes with the
//! std's source but not with its build: it is built once, see [`super::sysroot`].

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::sysroot::{CARGO, Compiler, SOURCE, Sysroot};
use super::wasm::TARGET;
use super::{debian, sysroot};
use crate::failure::Failure;

/// The first that reads this workspace's manifests. Debian's ordinary compiler is often older.
const OLDEST_MINOR: u32 = 88;

/// Debian's compiler, with the target.
#[derive(Debug)]
pub struct Debian(Sysroot);

impl Debian {
    /// The one that an earlier run prepared, for the compiler of today.
    pub fn ready() -> Option<Self> {
        Sysroot::of(&Compiler::found()?).filter(Sysroot::is_complete).map(Self)
    }

    /// Installs what is missing and builds the std.
    ///
    /// # Errors
    /// Where this is no Debian, where nobody may install packages, or where something fails.
    pub fn prepare() -> Result<Self, Failure> {
        let otherwise =
            format!("Rust's {TARGET} target could not be had: run `rustup target add {TARGET}` where rustup's server can be reached, and run this again");
        if !debian::is_here() {
            return Err(Failure::new(otherwise));
        }
        if !is_installed() {
            if !debian::is_root() {
                return Err(Failure::new(format!("{otherwise}; or, on Debian, run this once as root: it installs rustc-web, cargo-web, rust-web-src and lld")));
            }
            println!("Taking the target from Debian instead: its compiler for the web, with the std's source.");
            install().map_err(|failure| Failure::new(format!("{failure}\n{otherwise}")))?;
        }
        let compiler = Compiler::found().ok_or_else(|| Failure::new(otherwise))?;
        let sysroot = Sysroot::of(&compiler).ok_or_else(|| Failure::new("neither HOME nor XDG_CACHE_HOME tells where caches are kept"))?;
        sysroot.fill(&compiler)?;
        Ok(Self(sysroot))
    }

    /// Its compiler.
    pub fn rustc(&self) -> Command {
        Command::new(self.0.program("rustc"))
    }

    /// Its cargo.
    pub fn cargo(&self) -> Command {
        let mut cargo = sysroot::plain_cargo();
        cargo.env("RUSTC", self.0.program("rustc")).env("RUSTDOC", self.0.program("rustdoc"));
        if let Some(linker) = linker() {
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        cargo
    }
}

fn is_installed() -> bool {
    let is_new = Compiler::found().is_some_and(|compiler| compiler.minor >= OLDEST_MINOR);
    is_new && Path::new(CARGO).is_file() && Path::new(SOURCE).join("library").is_dir() && linker().is_some()
}

fn install() -> Result<(), Failure> {
    debian::update()?;
    // The linker must be of the LLVM that the compiler was made with.
    let linker = llvm().map_or_else(|| "lld".to_owned(), |version| format!("lld-{version}"));
    debian::install(&["rustc-web", "cargo-web", "rust-web-src", &linker])
}

/// The newest of the machine's linkers for WebAssembly: `wasm-ld-22` is newer than `wasm-ld-9`.
fn linker() -> Option<PathBuf> {
    let version = |path: &PathBuf| path.file_name()?.to_str()?.strip_prefix("wasm-ld-")?.parse::<u32>().ok();
    let programs = fs::read_dir("/usr/bin").ok()?.flatten().map(|entry| entry.path());
    programs.filter_map(|path| Some((version(&path)?, path))).max().map(|(_, path)| path)
}

/// The LLVM that Debian's compiler was made with.
fn llvm() -> Option<u32> {
    let told = Command::new("apt-cache").args(["depends", "rust-web-llvm"]).output().ok()?;
    String::from_utf8_lossy(&told.stdout).lines().find_map(|line| line.trim().strip_prefix("Depends: llvm-")?.trim().parse().ok())
}
