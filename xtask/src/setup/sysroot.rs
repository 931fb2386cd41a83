//! A folder that serves Debian's compiler as its sysroot: the target's std, built once, beside links to what Debian brings.
//! Kept in the user's cache by the compiler's version, for all checkouts on the machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::wasm::TARGET;
use crate::failure::Failure;
use crate::step;

pub const CARGO: &str = "/usr/bin/cargo";
const RUSTC: &str = "/usr/bin/rustc";

/// Where Debian keeps the compiler's source.
pub const SOURCE: &str = "/usr/lib/rustlib/src/rust";

/// A minute or two on a small machine.
const STD_LIMIT: Duration = Duration::from_secs(900);

/// What cargo needs to build the std: any package at all.
const ONLY_STD: &str = "\
[package]
name = \"only-std\"
version = \"0.0.0\"
edition = \"2021\"
[workspace]
[profile.release]
opt-level = \"s\"
debug = false
incremental = false
codegen-units = 1
";

/// Says that the work was done. Counted up with the flags, so that a folder of other flags is filled anew.
const COMPLETE: &str = ".complete-2";

/// Debian's compiler.
#[derive(Debug)]
pub struct Compiler {
    /// Its first line: version, commit, packaging.
    version: String,
    /// Rust 1.`minor`.
    pub minor: u32,
    /// The machine that it runs on.
    host: String,
}

impl Compiler {
    /// The installed one.
    pub fn found() -> Option<Self> {
        let told = Command::new(RUSTC).arg("-vV").output().ok().filter(|told| told.status.success())?;
        Self::read(&String::from_utf8_lossy(&told.stdout))
    }

    fn read(told: &str) -> Option<Self> {
        let field = |name: &str| told.lines().find_map(|line| line.strip_prefix(name));
        let version = told.lines().next()?.to_owned();
        Some(Self { version, minor: field("release: 1.")?.split('.').next()?.parse().ok()?, host: field("host: ")?.to_owned() })
    }
}

/// The folder.
#[derive(Debug)]
pub struct Sysroot(PathBuf);

impl Sysroot {
    /// Where it stands, or will.
    pub fn of(compiler: &Compiler) -> Option<Self> {
        let version: String = compiler.version.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
        let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache"));
        let caches = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home)?;
        Some(Self(caches.join("connection-lens").join(version)))
    }

    /// Whether an earlier run came to its end.
    pub fn is_complete(&self) -> bool {
        self.0.join(COMPLETE).is_file()
    }

    /// A program of the compiler's, with this as its sysroot.
    pub fn program(&self, name: &str) -> PathBuf {
        self.0.join("bin").join(name)
    }

    /// Builds the std and puts everything in its place.
    ///
    /// # Errors
    /// Where the build fails or the folder can't be written.
    pub fn fill(&self, compiler: &Compiler) -> Result<(), Failure> {
        let Self(root) = self;
        // Unfinished work of an interrupted run, if there is some.
        let _ = fs::remove_dir_all(root);
        let work = root.join("work");
        folder(&work.join("src"))?;
        write(&work.join("src/lib.rs"), "#![no_std]\n")?;
        write(&work.join("Cargo.toml"), ONLY_STD)?;
        let mut cargo = plain_cargo();
        cargo.args(["build", "--quiet", "--release", "-Z", "build-std=std,panic_abort,test", "--target", TARGET, "--target-dir", "target"]);
        // A stable compiler builds its own std only when told that it is allowed to.
        cargo.env("RUSTC", RUSTC).env("RUSTC_BOOTSTRAP", "1").env("CARGO_ENCODED_RUSTFLAGS", flags());
        step::run("building Rust's std for WebAssembly, once", cargo.current_dir(&work), Some(STD_LIMIT))?;
        self.keep(&work.join("target").join(TARGET).join("release/deps"))?;
        self.link(&compiler.host)?;
        fs::remove_dir_all(&work).map_err(|error| Failure::at(&work, error))?;
        write(&root.join(COMPLETE), "")
    }

    fn keep(&self, built: &Path) -> Result<(), Failure> {
        let libraries = self.0.join("lib/rustlib").join(TARGET).join("lib");
        folder(&libraries)?;
        for entry in fs::read_dir(built).map_err(|error| Failure::at(built, error))?.flatten() {
            let path = entry.path();
            let is_ours = entry.file_name().to_string_lossy().starts_with("libonly_std-");
            if path.extension().is_some_and(|kind| kind == "rlib") && !is_ours {
                fs::copy(&path, libraries.join(entry.file_name())).map_err(|error| Failure::at(&path, error))?;
            }
        }
        Ok(())
    }

    /// The compiler, and its std for this machine: build scripts and macros run here.
    fn link(&self, host: &str) -> Result<(), Failure> {
        let Self(root) = self;
        link(&Path::new("/usr/lib/rustlib").join(host), &root.join("lib/rustlib").join(host))?;
        folder(&root.join("bin"))?;
        for name in ["rustc", "rustdoc"] {
            let script = self.program(name);
            write(&script, &format!("#!/bin/sh\nexec /usr/bin/{name} --sysroot '{}' \"$@\"\n", root.display()))?;
            make_executable(&script)?;
        }
        Ok(())
    }
}

/// The std's panics name its files: by names that tell nothing of this machine.
fn flags() -> String {
    let source = Path::new(SOURCE);
    let places = [source.to_owned(), fs::canonicalize(source.join("library")).unwrap_or_default().parent().map(Path::to_owned).unwrap_or_default()];
    let homes = [std::env::var_os("CARGO_HOME").map(PathBuf::from), std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo"))];
    let mut flags = vec!["-Cembed-bitcode=yes".to_owned(), "-Zforce-unstable-if-unmarked".to_owned()];
    let all = homes.into_iter().flatten().map(|home| (home, "/cargo")).chain(places.map(|place| (place, "/rustc/debian")));
    flags.extend(all.filter(|(place, _)| place.is_absolute()).map(|(place, name)| format!("--remap-path-prefix={}={name}", place.display())));
    flags.join("\x1f")
}

/// Debian's cargo, without what the ordinary toolchain told the process that runs us: it would lead it astray.
pub fn plain_cargo() -> Command {
    let mut cargo = Command::new(CARGO);
    for variable in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET", "CARGO_TARGET_DIR"] {
        cargo.env_remove(variable);
    }
    cargo
}

fn folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| Failure::at(path, error))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure::at(path, error))
}

#[cfg(unix)]
fn link(original: &Path, link: &Path) -> Result<(), Failure> {
    std::os::unix::fs::symlink(original, link).map_err(|error| Failure::at(link, error))
}

#[cfg(unix)]
fn make_executable(file: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).map_err(|error| Failure::at(file, error))
}

// Only Debian's way needs links and modes; elsewhere it is never taken.
#[cfg(not(unix))]
fn link(_: &Path, link: &Path) -> Result<(), Failure> {
    Err(Failure::at(link, "links are made on Debian only"))
}

#[cfg(not(unix))]
fn make_executable(file: &Path) -> Result<(), Failure> {
    Err(Failure::at(file, "modes are set on Debian only"))
}

#[cfg(test)]
mod tests {
    use super::Compiler;

    #[test]
    fn a_compilers_words_are_read() {
        let told = "rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)\nbinary: rustc\nhost: aarch64-unknown-linux-gnu\nrelease: 1.96.0\nLLVM version: 22.1.8\n";
        let compiler = Compiler::read(told).expect("a compiler");
        assert_eq!((compiler.minor, compiler.host.as_str()), (96, "aarch64-unknown-linux-gnu"));
        assert!(Compiler::read("no compiler").is_none());
    }
}
