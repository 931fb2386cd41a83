//! `package`: what goes to the stores, and the source that it is rebuilt from.

mod archive;
mod contents;
mod release;
mod source;
mod told;
mod twice;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::manifest::{self, Browser};
use crate::setup::node;
use crate::setup::wasm::{self, Toolchain};
use crate::{build, paths, remap, sbom, step};

pub use source::is_here as has_source;
pub use told::sha256;
pub use twice::twice;

/// A file in dist/.
#[derive(Debug)]
struct Made {
    path: PathBuf,
    sha256: String,
}

/// Packs everything; with `--twice`, also rebuilds it in a folder of another name.
///
/// # Errors
/// Where a step fails, or two builds differ.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => once(&wasm::prepare()?),
        ["--twice"] => twice(&wasm::prepare()?).map(drop),
        other => Err(Failure::new(format!("package knows no {}: use --twice", other.join(" ")))),
    }
}

fn once(toolchain: &Toolchain) -> Result<(), Failure> {
    if source::is_here() {
        let unknown = source::unknown()?;
        if !unknown.is_empty() {
            return Err(Failure::new(format!(
                "git doesn't know {}: add them or clear them away, so that the source package holds what is packed",
                unknown.join(", ")
            )));
        }
    }
    node::packages("extension")?;
    build::extension(toolchain)?;
    let version = manifest::version()?;
    let mut made = Vec::new();
    for browser in Browser::ALL {
        made.push(write(&name(&version, browser.name()), &archive::pack(contents::of(browser, &version)?)?)?);
    }
    lint(&place(&name(&version, Browser::Firefox.name())))?;
    let core = build::folder(Browser::Chromium).join("wasm/connection_lens_bg.wasm");
    let left = remap::left_in(&fs::read(&core).map_err(|error| Failure::at(&core, error))?);
    if !left.is_empty() {
        return Err(Failure::at(&core, format!("it holds paths of this machine: {}", left.join(", "))));
    }
    sbom::check(toolchain)?;
    made.push(write(&sbom::name(&version), sbom::of(toolchain, &version)?.as_bytes())?);
    if source::is_here() {
        made.push(write(&name(&version, "source"), &archive::pack(source::files(&version)?)?)?);
    }
    let lines: Vec<String> = made.iter().map(|made| format!("{}  {}\n", made.sha256, made.path.file_name().unwrap_or_default().to_string_lossy())).collect();
    let sums = lines.concat();
    fs::write(place("SHA256SUMS"), &sums).map_err(|error| Failure::at(&place("SHA256SUMS"), error))?;
    print!("\n{sums}");
    println!("\n{}", told::size(&core)?);
    let mut notes: BTreeSet<String> = release::differences(toolchain).into_iter().collect();
    if !source::is_here() {
        notes.insert("This is no git checkout: no source package is made of it.".to_owned());
    } else if !source::is_committed()? {
        notes.insert("The source package holds changes that no commit holds.".to_owned());
    }
    for note in notes {
        println!("{note}");
    }
    Ok(())
}

/// What Mozilla's own linter says of Firefox's package: neither errors nor warnings.
fn lint(package: &Path) -> Result<(), Failure> {
    let mut npm = node::npm();
    npm.args(["run", "--silent", "lint:addon", "--"]).arg(package).current_dir(paths::root().join("extension"));
    step::run("Mozilla's add-on linter", &mut npm, None).map(drop)
}

fn name(version: &str, kind: &str) -> String {
    format!("connection-lens-{version}-{kind}.zip")
}

fn place(name: &str) -> PathBuf {
    paths::root().join("dist").join(name)
}

fn write(name: &str, bytes: &[u8]) -> Result<Made, Failure> {
    let path = place(name);
    fs::write(&path, bytes).map_err(|error| Failure::at(&path, error))?;
    Ok(Made { path, sha256: sha256(bytes) })
}
