//! The project's own commands: `cargo xtask demo | test | build | check | bench`. Each prepares by itself what it needs.

mod bench;
mod build;
mod check;
mod demo;
mod failure;
mod manifest;
mod paths;
mod setup;
mod step;
mod tally;
mod test;
mod turn;
mod web;

use std::process::ExitCode;

use failure::Failure;

const HELP: &str = "\
cargo xtask COMMAND

  demo [--headless] [--scenario NAME] [--out DIR]
          the practice portal and the extension, in a browser of its own; without a display, or with
          --headless, plays the main job and leaves overlay.png, panel.png and audit.json (default: target/demo)
  test    every test, in a real browser too
  build   dist/chromium and dist/firefox, loadable unpacked
  check   format, lints, documentation, the scripts' types
  bench [--only native|browser|size]
          how fast, how large: a table of goals and measurements, target/bench/summary.json, and a picture";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let done = match arguments.first().map(String::as_str) {
        Some("demo") => demo::run(rest),
        // Its own last line is a count, with nothing after it.
        Some("test") => return test::run(),
        Some("build") => build::run(),
        Some("check") => check::run(),
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
