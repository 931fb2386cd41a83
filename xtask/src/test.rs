//! `test`: everything, counted. Quiet while all is well.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::thread;

use crate::failure::Failure;
use crate::setup::chromium::Browser;
use crate::setup::{chromium, firefox, node, wasm};
use crate::tally::{self, Tally};
use crate::{build, check, demo, package, paths, step};

/// What has been counted, and what is to be told of at the end.
#[derive(Default)]
struct Score {
    total: Tally,
    failures: Vec<String>,
}

/// Runs all tests. Whatever happens, the last line tells how many passed; a step that fails before its tests could run counts as one failure.
pub fn run() -> ExitCode {
    let mut score = Score::default();
    if let Err(failure) = all(&mut score) {
        score.failed(&failure);
    }
    for failure in &score.failures {
        println!("\n{failure}");
    }
    println!("{}", score.total.line());
    if score.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn all(score: &mut Score) -> Result<(), Failure> {
    let toolchain = wasm::prepare()?;
    node::packages("extension")?;
    node::packages("www")?;
    let browser = chromium::prepare()?;
    let firefox = firefox::prepare();
    build::extension(&toolchain)?;
    demo::portal()?;
    // A complaint about form must not hide what the tests say.
    if let Err(failure) = check::all(&toolchain) {
        score.failed(&failure);
    }
    let native = ["test", "--workspace", "--exclude", "connection-lens-e2e", "--no-fail-fast", "--locked", "--", "--show-output"];
    score.count("native tests", Command::new("cargo").args(native), tally::cargo)?;
    score.count("the scripts' tests", Command::new("node").args(["--test", "--test-reporter=tap"]).args(scripts()?), tally::node)?;
    let mut in_browsers = in_browser(&browser);
    if let Some(firefox) = firefox {
        firefox.told_to(&mut in_browsers);
    }
    score.count("browser tests", &mut in_browsers, tally::cargo)?;
    packages(score, &toolchain);
    Ok(())
}

/// Packed, linted, and rebuilt elsewhere from the source package: one test, of some minutes.
fn packages(score: &mut Score, toolchain: &wasm::Toolchain) {
    if package::has_source() {
        match package::twice(toolchain) {
            Ok(_) => score.total.passed += 1,
            Err(failure) => score.failed(&failure),
        }
    } else {
        println!("  skipped: this is no git checkout, so there is no source package to rebuild from");
        score.total.skipped += 1;
    }
}

/// A browser is some ten processes: few at a time, so that none waits for the others.
fn in_browser(browser: &Browser) -> Command {
    let at_once = thread::available_parallelism().map_or(2, usize::from).clamp(1, 4);
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--package", "connection-lens-e2e", "--no-fail-fast", "--locked", "--", "--show-output", "--test-threads"]);
    browser.told_to(cargo.arg(at_once.to_string()));
    cargo
}

/// The scripts' tests by name: what Node makes of a folder's name differs from version to version.
pub fn scripts() -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for folder in ["extension/tests", "tests"].map(|folder| paths::root().join(folder)) {
        let entries = fs::read_dir(&folder).map_err(|error| Failure::at(&folder, error))?;
        found.extend(entries.flatten().map(|entry| entry.path()).filter(|path| path.to_string_lossy().ends_with(".test.js")));
    }
    found.sort();
    if found.is_empty() { Err(Failure::new("no script has a test: extension/tests holds no *.test.js")) } else { Ok(found) }
}

impl Score {
    fn failed(&mut self, failure: &Failure) {
        self.total.failed += 1;
        self.failures.push(failure.to_string());
    }

    fn count(&mut self, what: &str, command: &mut Command, told: fn(&str) -> Option<Tally>) -> Result<(), Failure> {
        let (output, success) = step::attempt(what, command.current_dir(paths::root()), None)?;
        for reason in tally::reasons(&output) {
            println!("  skipped: {reason}");
        }
        let counted = Tally::of(told(&output), success);
        self.total = self.total.and(counted);
        if counted.failed > 0 {
            self.failures.push(format!("{what} failed:\n\n{output}"));
        }
        Ok(())
    }
}
