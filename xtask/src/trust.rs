//! `trust`: the suites behind docs/TRUST.md, run; and what they measured, as the table there.

mod table;

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::SystemTime;

use self::table::Measured;
use crate::failure::Failure;
use crate::setup::{chromium, firefox, node, wasm};
use crate::{build, demo, paths, step, test};

/// Between these two lines of docs/TRUST.md stands the table.
const BEGIN: &str = "<!-- measured: written by `cargo xtask trust --write` -->";
const END: &str = "<!-- /measured -->";

/// The browser suites that measure something. (All others run in `cargo xtask test`.)
const SUITES: [&str; 1] = ["trust"];

/// Runs the suites and prints the table; with `--write` it goes into docs/TRUST.md too.
///
/// # Errors
/// Where a test fails, or something can't be prepared.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    let write = match arguments {
        [] => false,
        [only] if only == "--write" => true,
        _ => return Err(Failure::new("trust knows --write and nothing else")),
    };
    let toolchain = wasm::prepare()?;
    node::packages("extension")?;
    node::packages("www")?;
    let browser = chromium::prepare()?;
    let firefox = firefox::prepare();
    build::extension(&toolchain)?;
    demo::portal()?;
    let native = ["test", "--workspace", "--exclude", "connection-lens-e2e", "--no-fail-fast", "--locked", "--", "--show-output"];
    let mut in_browsers = Command::new("cargo");
    in_browsers.args(["test", "--package", "connection-lens-e2e", "--no-fail-fast", "--locked"]);
    for suite in SUITES {
        in_browsers.args(["--test", suite]);
    }
    in_browsers.args(["--", "--show-output", "--test-threads", "1"]);
    browser.told_to(&mut in_browsers);
    if let Some(firefox) = &firefox {
        firefox.told_to(&mut in_browsers);
    }
    let runs = [
        ("native tests", Command::new("cargo").args(native), table::cargo as fn(&str) -> Vec<Measured>),
        ("the scripts' tests", Command::new("node").args(["--test", "--test-reporter=tap"]).args(test::scripts()?), table::node),
        ("the trust suite in browsers", &mut in_browsers, table::cargo),
    ]
    .map(|(what, command, read)| {
        let (output, success) = step::attempt(what, command.current_dir(paths::root()), None)?;
        Ok((read(&output), (!success).then(|| format!("{what} failed:\n\n{output}"))))
    });
    let (mut measured, mut failures) = (Vec::new(), Vec::new());
    for run in runs {
        let (lines, failure): (Vec<Measured>, Option<String>) = run?;
        measured.extend(lines);
        failures.extend(failure);
    }
    let with = [Some(browser.version()), firefox.map(|firefox| firefox.version())].into_iter().flatten().flatten().collect::<Vec<_>>().join(", ");
    let table = format!("Measured on {} with {with}.\n\n{}", table::date(SystemTime::now()), table::table(&measured));
    println!("\n{table}");
    if !failures.is_empty() {
        return Err(Failure::new(failures.join("\n")));
    }
    if write { put(&table) } else { Ok(()) }
}

fn put(table: &str) -> Result<(), Failure> {
    let path: PathBuf = paths::root().join("docs/TRUST.md");
    let text = fs::read_to_string(&path).map_err(|error| Failure::at(&path, error))?;
    let parts = text.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) = parts.ok_or_else(|| Failure::at(&path, "it has no place for the table"))?;
    fs::write(&path, format!("{before}{BEGIN}\n\n{table}\n{END}{after}")).map_err(|error| Failure::at(&path, error))
}
