//! Rust's WebAssembly target: rustup's, else on Debian one built once from Debian's packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::chromium::is_root;
use crate::failure::Failure;
use crate::{paths, step};

/// The target.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// rustup downloads some 20 MB. Where its server can't be reached it tries for minutes; this is enough for a slow line.
const RUSTUP_LIMIT: Duration = Duration::from_secs(90);

/// How to call a cargo that can build for the target.
#[derive(Debug, Default)]
pub struct Toolchain {
    /// The folder with Debian's compiler and the std built for it; none: the ordinary toolchain can do it.
    debian: Option<PathBuf>,
}

impl Toolchain {
    /// A cargo that can build for the target, with a build folder of its own: another compiler must not mix with the ordinary one's work.
    pub fn cargo(&self) -> Command {
        let Some(root) = &self.debian else {
            let mut cargo = Command::new("cargo");
            cargo.env("CARGO_TARGET_DIR", target_folder());
            return cargo;
        };
        let mut cargo = Command::new("/usr/bin/cargo");
        let rustc = root.join("bin").join("rustc");
        cargo.env("RUSTC", rustc).env("RUSTDOC", root.join("bin").join("rustdoc")).env("CARGO_TARGET_DIR", target_folder());
        // What the ordinary toolchain told the process that runs us would lead Debian's cargo astray.
        cargo.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO").env_remove("RUSTFLAGS").env_remove("CARGO_BUILD_TARGET");
        if let Some(linker) = debian_linker() {
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        cargo
    }

    /// Whether it is Debian's: it has no clippy.
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
    if has_target("rustc") {
        return Ok(Toolchain::default());
    }
    let cache = debian_cache();
    if let Some(root) = cache.as_ref().filter(|root| root.join(".complete").is_file()) {
        return Ok(Toolchain { debian: Some(root.clone()) });
    }
    if paths::find("rustup").is_some() {
        println!("Rust's {TARGET} target is missing: asking rustup for it (at most {} s).", RUSTUP_LIMIT.as_secs());
        let added = step::attempt("rustup target add", Command::new("rustup").args(["target", "add", TARGET]).current_dir(paths::root()), Some(RUSTUP_LIMIT));
        if added.is_ok_and(|(_, done)| done) && has_target("rustc") {
            return Ok(Toolchain::default());
        }
    }
    from_debian().map(|root| Toolchain { debian: Some(root) })
}

fn has_target(rustc: &str) -> bool {
    let told = Command::new(rustc).args(["--print", "sysroot"]).current_dir(paths::root()).output();
    let sysroot = told.map(|told| PathBuf::from(String::from_utf8_lossy(&told.stdout).trim())).unwrap_or_default();
    holds(&sysroot.join("lib/rustlib").join(TARGET).join("lib"), |name| name.starts_with("libstd-") && name.ends_with(".rlib"))
}

fn holds(folder: &Path, wanted: impl Fn(&str) -> bool) -> bool {
    fs::read_dir(folder).is_ok_and(|entries| entries.flatten().any(|entry| wanted(&entry.file_name().to_string_lossy())))
}

/// Where the std for Debian's compiler is kept: by that compiler's version, for all checkouts on this machine.
fn debian_cache() -> Option<PathBuf> {
    let told = Command::new("/usr/bin/rustc").arg("-V").output().ok().filter(|told| told.status.success())?;
    let version: String = String::from_utf8_lossy(&told.stdout).trim().chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
    let caches = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache")))?;
    Some(caches.join("connection-lens").join(version))
}

fn debian_linker() -> Option<PathBuf> {
    let mut linkers: Vec<PathBuf> = fs::read_dir("/usr/bin")
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("wasm-ld")))
        .collect();
    linkers.sort();
    linkers.pop()
}

/// Debian's compiler for the web has the std's source but not its build: it is built once.
fn from_debian() -> Result<PathBuf, Failure> {
    let otherwise = || {
        Failure::new(format!(
            "Rust's {TARGET} target could not be had: run `rustup target add {TARGET}` where rustup's server can be reached, and run this again"
        ))
    };
    let library = Path::new("/usr/lib/rustlib/src/rust/library");
    if !cfg!(target_os = "linux") || paths::find("apt-get").is_none() {
        return Err(otherwise());
    }
    if !(Path::new("/usr/bin/cargo").is_file() && library.is_dir() && debian_linker().is_some()) {
        if !is_root() {
            return Err(Failure::new(format!("{}; or, as root: apt-get install rustc-web cargo-web rust-web-src lld", otherwise())));
        }
        println!("rustup could not help: installing Debian's packages rustc-web, cargo-web, rust-web-src and their linker.");
        let apt = || {
            let mut apt = Command::new("apt-get");
            apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "DPkg::Lock::Timeout=300"]);
            apt
        };
        step::run("apt-get update", apt().arg("update"), Some(Duration::from_secs(300)))?;
        let linker = format!("lld-{}", debian_llvm().ok_or_else(otherwise)?);
        step::run(
            "apt-get install rustc-web",
            apt().args(["install", "-y", "--no-install-recommends", "rustc-web", "cargo-web", "rust-web-src", &linker]),
            Some(Duration::from_secs(900)),
        )?;
    }
    let root = debian_cache().ok_or_else(otherwise)?;
    build_std(&root)?;
    Ok(root)
}

/// The LLVM that Debian's compiler was made with: its linker must be of the same version.
fn debian_llvm() -> Option<String> {
    let told = Command::new("apt-cache").args(["depends", "rust-web-llvm"]).output().ok()?;
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    text.lines().find_map(|line| line.trim().strip_prefix("Depends: llvm-").map(|version| version.trim().to_owned())).or_else(|| Some("22".to_owned()))
}

/// Builds std and puts it, with links to Debian's compiler, into a folder that serves as a sysroot.
fn build_std(root: &Path) -> Result<(), Failure> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error: std::io::Error| Failure::at(&path, error)
    };
    // Unfinished work of an interrupted run, if there is some.
    let _ = fs::remove_dir_all(root);
    let libraries = root.join("lib/rustlib").join(TARGET).join("lib");
    let work = root.join("work");
    for folder in [&libraries, &root.join("bin"), &work.join("src")] {
        fs::create_dir_all(folder).map_err(at(folder))?;
    }
    fs::write(work.join("src/lib.rs"), "#![no_std]\n").map_err(at(&work))?;
    let manifest = "[package]\nname = \"only-std\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n[profile.release]\nopt-level = \"s\"\ndebug = false\nincremental = false\ncodegen-units = 1\n";
    fs::write(work.join("Cargo.toml"), manifest).map_err(at(&work))?;
    let mut cargo = Command::new("/usr/bin/cargo");
    cargo
        .args(["build", "--quiet", "--release", "-Z", "build-std=std,panic_abort,test", "--target", TARGET, "--target-dir"])
        .arg(work.join("target"))
        .current_dir(&work);
    cargo.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked");
    cargo.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO_BUILD_TARGET").env_remove("CARGO_TARGET_DIR").env_remove("CARGO");
    step::run("building Rust's std for WebAssembly, once", &mut cargo, Some(Duration::from_secs(900)))?;
    let built = work.join("target").join(TARGET).join("release/deps");
    for entry in fs::read_dir(&built).map_err(at(&built))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libonly_std-") {
            fs::copy(entry.path(), libraries.join(&name)).map_err(at(&entry.path()))?;
        }
    }
    link(Path::new("/usr/lib/rustlib/x86_64-unknown-linux-gnu"), &root.join("lib/rustlib/x86_64-unknown-linux-gnu"))?;
    for program in ["rustc", "rustdoc"] {
        let script = root.join("bin").join(program);
        fs::write(&script, format!("#!/bin/sh\nexec /usr/bin/{program} --sysroot '{}' \"$@\"\n", root.display())).map_err(at(&script))?;
        make_executable(&script)?;
    }
    fs::remove_dir_all(&work).map_err(at(&work))?;
    let complete = root.join(".complete");
    fs::write(&complete, "").map_err(at(&complete))
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
