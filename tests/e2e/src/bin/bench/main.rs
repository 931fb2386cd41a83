//! What `cargo xtask bench` measures in a real browser: `bench flows FOLDER` writes the flows, `bench browser [PART…]` and `bench sweep FLOWS` print a
//! measurement a line.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

mod browser;
mod flows;
mod overlay;
mod sweep;
mod told;

use std::path::Path;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["sweep", flows] => sweep::measure(flows).await,
        ["trace", scenario, file] => browser::trace(scenario, Path::new(file)).await,
        ["browser", parts @ ..] => browser::measure(parts).await,
        ["flows", folder] => flows::write(Path::new(folder)),
        _ => {
            eprintln!("bench flows FOLDER | bench sweep FLOWS | bench trace SCENARIO FILE | bench browser [repaint|unsaved|request|panel|load|pan|overlay]…");
            return ExitCode::FAILURE;
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("bench: {failure}");
            ExitCode::FAILURE
        }
    }
}
