//! The project's own commands: `cargo xtask demo | test | build | check | package | …`. Each prepares by itself what it needs.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

mod audit;
mod bench;
mod build;
mod check;
mod demo;
mod failure;
mod fuzz;
mod hex;
mod licences;
mod manifest;
mod package;
mod paths;
mod remap;
mod sbom;
mod setup;
mod ships;
mod step;
mod tally;
mod test;
mod trust;
mod turn;
mod web;
mod written;

use std::process::{Command, ExitCode};

use failure::Failure;

const HELP: &str = "\
cargo xtask COMMAND

  demo [--headless] [--scenario NAME] [--out DIR]
          the practice portal and the extension, in a browser of its own; without a display, or with
          --headless, plays the main job and leaves overlay.png, panel.png and audit.json (default: target/demo)
  test    every test, in a real browser too
  build   dist/chromium and dist/firefox, loadable unpacked
  check   format, lints, documentation, the scripts' types
  package [--twice]
          dist/connection-lens-VERSION-{chromium,firefox,source}.zip, a bill of materials, SHA256SUMS; with --twice also
          rebuilt from the source package in another folder, and compared
  fuzz [--seconds N] [--runs N] [--unguided] [TARGET…]
          feeds each body of tests/hostile with libFuzzer for so long (default: 60 seconds), or so often; --unguided: with
          changes of what was gathered, several times faster
  bench [--only native|browser|size] [--write]
          how fast, how large: a table of goals and measurements, target/bench/summary.json, and a picture; --write puts the
          table into docs/speed.md
  audit   licences, sources and known weaknesses of the dependencies
  licences, sbom, icons
          extension/licences.txt, the bill of materials and the icons anew
  trust [--write] [--without-packages]
          the tests behind docs/TRUST.md, and what they measured as a table; --write puts it there";

/// Drawn by a package of its own.
fn icons() -> Result<(), Failure> {
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--package", "icons", "--locked"]).current_dir(paths::root());
    step::run("drawing the icons", &mut cargo, None).map(|told| print!("{told}"))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let done = match arguments.first().map(String::as_str) {
        Some("demo") => demo::run(rest),
        // Its own last line is a count, with nothing after it.
        Some("test") => return test::run(),
        // So is this one's.
        Some("audit") => return audit::run(),
        Some("build") => build::run(),
        Some("check") => check::run(),
        Some("package") => package::run(rest),
        Some("icons") => icons(),
        Some("licences") => licences::run(),
        Some("sbom") => sbom::run(),
        Some("fuzz") => fuzz::run(rest),
        Some("trust") => trust::run(rest),
        Some("bench") => bench::run(rest),
        None | Some("help" | "--help" | "-h") => {
            println!("{HELP}");
            Ok(())
        }
        Some(other) => Err(Failure::new(format!("there is no command `{other}`\n\n{HELP}"))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
