//! How large what ships is, as a store packs it: brotli, file by file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::rows::Measured;
use crate::build;
use crate::failure::Failure;
use crate::manifest::Browser;

/// Node has the packer built in: bytes of every file named, one a line.
const BROTLI: &str =
    "for (const file of process.argv.slice(1)) console.log(require('node:zlib').brotliCompressSync(require('node:fs').readFileSync(file)).length)";

/// What the rows count.
pub fn measure() -> Result<Vec<Measured>, Failure> {
    let folder = build::folder(Browser::Chromium);
    let mut files = Vec::new();
    list(&folder, &mut files)?;
    let mut command = Command::new("node");
    command.args(["-e", BROTLI]).args(&files);
    let told = command.output().map_err(|error| Failure::new(format!("node could not be started: {error}")))?;
    let sizes: Vec<f64> = String::from_utf8_lossy(&told.stdout).lines().filter_map(|line| line.parse().ok()).collect();
    if sizes.len() != files.len() {
        return Err(Failure::new(format!("the sizes could not be told: {}", String::from_utf8_lossy(&told.stderr))));
    }
    let place = |file: &Path| file.strip_prefix(&folder).unwrap_or(file).to_string_lossy().replace('\\', "/");
    let sum = |wanted: &dyn Fn(&str) -> bool| {
        let of: f64 = files.iter().zip(&sizes).filter(|(file, _)| wanted(&place(file))).map(|(_, size)| size / 1000.0).sum();
        of
    };
    let is = |place: &str, kind: &str| Path::new(place).extension().is_some_and(|own| own == kind);
    let written = |place: &str| ["js", "css", "html"].iter().any(|kind| is(place, kind));
    let row = |row: &str, figure: f64, peer: &str| Measured { row: row.to_owned(), figure, peer: peer.to_owned(), floor: None };
    Ok(vec![
        row("size.wasm", sum(&|place| is(place, "wasm")), "in the package, which a store packs by deflate, it is larger"),
        row("size.scripts", sum(&|place| written(place) && !place.starts_with("wasm/")), "without the bindings that are generated"),
        row("size.background", sum(&|place| place.starts_with("background") || place == "wasm/connection_lens.js"), "with the generated bindings"),
        row("size.page", sum(&|place| place.starts_with("content/") || ["page.js", "designer.js", "overlay.css"].contains(&place)), ""),
    ])
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(|error| Failure::at(folder, error))? {
        let path = entry.map_err(|error| Failure::at(folder, error))?.path();
        if path.is_dir() { list(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
