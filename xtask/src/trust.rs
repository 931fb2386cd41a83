//! `trust`: the tests behind docs/TRUST.md, run; and what they measured, as the table there.

mod table;

use std::process::Command;
use std::time::SystemTime;

use self::table::Measured;
use crate::failure::Failure;
use crate::setup::{chromium, firefox, node, wasm};
use crate::written::{Page, date};
use crate::{build, demo, package, paths, step, test};

/// The native suites that measure something. (All others run in `cargo xtask test`.)
const NATIVE: [&str; 6] = ["corpus", "faults", "limits", "malformed", "messages", "states"];

/// Those in browsers: what is trusted, what is for everybody; the main job, the places where it is done, and sweeps, in each of which some figures are held.
const IN_BROWSERS: [&str; 5] = ["trust", "for_everyone", "main_job", "places", "sweep"];

/// Two browsers at once are what a small machine bears without one waiting for the other.
const AT_ONCE: &str = "2";

/// Finds in a runner's output what was measured.
type Reader = fn(&str) -> Vec<Measured>;

/// Which figure is about the packages: they are built twice, which takes as long as everything else.
const OF_PACKAGES: usize = 13;

/// Runs the suites and prints the table; with `--write` it goes into docs/TRUST.md too. `--without-packages` leaves the packages' figure as it was measured before.
///
/// # Errors
/// Where a figure isn't held: a test fails, or none told anything about it. Or where something can't be prepared.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    if let Some(unknown) = arguments.iter().find(|argument| !["--write", "--without-packages"].contains(&argument.as_str())) {
        return Err(Failure::new(format!("trust knows no {unknown}: use --write, --without-packages")));
    }
    let is_told = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let page = Page::read("TRUST.md", "cargo xtask trust --write")?;
    let toolchain = wasm::prepare()?;
    node::packages("extension")?;
    node::packages("www")?;
    let browser = chromium::prepare()?;
    let firefox = firefox::prepare().ok_or_else(|| Failure::new("half of the figures are about Firefox, and there is none here"))?;
    build::extension(&toolchain)?;
    demo::portal()?;
    let mut in_browsers = cargo(&["connection-lens-e2e"], &IN_BROWSERS);
    in_browsers.args(["--test-threads", AT_ONCE]);
    firefox.told_to(browser.told_to(&mut in_browsers));
    let mut native = cargo(&["connection-lens", "connection-lens-hostile"], &NATIVE);
    let mut scripts = Command::new("node");
    scripts.args(["--test", "--test-reporter=tap"]).args(test::scripts()?);
    let (mut measured, mut failures) = (Vec::new(), Vec::new());
    let runs: [(&str, &mut Command, Reader); 3] = [
        ("native tests", &mut native, table::cargo),
        ("the scripts' tests", &mut scripts, table::node),
        ("the tests in browsers", &mut in_browsers, table::cargo),
    ];
    for (what, command, read) in runs {
        let (output, success) = step::attempt(what, command.current_dir(paths::root()), None)?;
        measured.extend(read(&output));
        if !success {
            failures.push(format!("{what} failed:\n\n{output}"));
        }
    }
    if is_told("--without-packages") {
        measured.extend(table::row(&page.table, OF_PACKAGES));
    } else {
        match package::twice(&toolchain) {
            Ok(told) => {
                let told = format!("{told}; Mozilla's add-on linter: errors 0, warnings 0");
                measured.push(Measured::new(OF_PACKAGES, "cargo xtask package --twice", told));
            }
            Err(failure) => failures.push(failure.to_string()),
        }
    }
    failures.extend(table::missing(&measured));
    let with = [browser.version(), firefox.version()].into_iter().flatten().collect::<Vec<_>>().join(" and ");
    let table = format!("Measured on {} with {with}.\n\n{}", date(SystemTime::now()), table::table(&measured));
    println!("\n{table}");
    if !failures.is_empty() {
        return Err(Failure::new(format!("not held:\n\n{}", failures.join("\n"))));
    }
    if is_told("--write") { page.put(&table) } else { Ok(()) }
}

/// Some suites of some packages; what their tests say is shown.
fn cargo(packages: &[&str], suites: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--no-fail-fast", "--locked"]);
    cargo.args(packages.iter().flat_map(|package| ["--package", package])).args(suites.iter().flat_map(|suite| ["--test", suite]));
    cargo.args(["--", "--show-output"]);
    cargo
}
