//! `cargo xtask icons`: every icon, drawn from the two drawings in `extension/icons`. A package of its own, so that nothing else waits for the renderer.

mod drawing;
mod list;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    for icon in list::ICONS {
        let path = root().join(icon.path);
        let written = drawing::png(icon).and_then(|png| fs::write(&path, png).map_err(|error| error.to_string()));
        if let Err(why) = written {
            eprintln!("icons: {}: {why}", path.display());
            return ExitCode::FAILURE;
        }
    }
    println!("{} icons are drawn.", list::ICONS.len());
    ExitCode::SUCCESS
}

/// The project's folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("."))
}
