//! `test`: everything, counted. Quiet while all is well.

use std::process::Command;

use crate::failure::Failure;
use crate::setup::{chromium, node, wasm};
use crate::{build, check, demo, paths, step};

/// What a runner counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Tally {
    passed: u32,
    failed: u32,
    skipped: u32,
}

/// Runs all tests; the last line tells how many passed.
///
/// # Errors
/// Where something can't be prepared, a test fails, or a runner didn't say how many it ran.
pub fn run() -> Result<(), Failure> {
    let toolchain = wasm::prepare()?;
    node::packages("extension")?;
    node::packages("www")?;
    let browser = chromium::prepare()?;
    build::extension(&toolchain)?;
    demo::portal()?;
    check::all(&toolchain)?;
    let native = ["test", "--workspace", "--exclude", "connection-lens-e2e", "--no-fail-fast", "--locked", "--", "--show-output"];
    let in_browser = ["test", "--package", "connection-lens-e2e", "--no-fail-fast", "--locked", "--", "--show-output", "--test-threads", "2"];
    let mut total = Tally::default();
    let mut failures = Vec::new();
    let scripts = paths::root().join("extension/tests");
    let mut count = |what: &str, command: &mut Command, tally: fn(&str) -> Option<Tally>| -> Result<(), Failure> {
        let (output, success) = step::attempt(what, command.current_dir(paths::root()), None)?;
        for reason in skips(&output) {
            println!("  {reason}");
        }
        let counted = tally(&output).filter(|counted| success || counted.failed > 0);
        if let Some(counted) = counted {
            total = Tally { passed: total.passed + counted.passed, failed: total.failed + counted.failed, skipped: total.skipped + counted.skipped };
        }
        if !success || counted.is_none_or(|counted| counted.failed > 0) {
            failures.push(format!("{what}:\n\n{output}"));
        }
        Ok(())
    };
    count("native tests", Command::new("cargo").args(native), cargo_tally)?;
    count("the scripts' tests", Command::new("node").args(["--test", "--test-reporter=tap"]).arg(scripts), node_tally)?;
    count("browser tests", browser.told_to(Command::new("cargo").args(in_browser)), cargo_tally)?;
    for failure in &failures {
        println!("\n{failure}");
    }
    let skipped = if total.skipped > 0 { format!(", {} skipped", total.skipped) } else { String::new() };
    println!("{} passed, {} failed{skipped}", total.passed, total.failed);
    if failures.is_empty() { Ok(()) } else { Err(Failure::new("not everything passed, see above")) }
}

/// A test that could not run for want of something says so on a line of its own.
fn skips(output: &str) -> impl Iterator<Item = &str> {
    output.lines().map(str::trim).filter(|line| line.starts_with("skipped: "))
}

/// The sum of cargo's closing lines: `test result: ok. 3 passed; 0 failed; 0 ignored; …`.
fn cargo_tally(output: &str) -> Option<Tally> {
    let mut sum = None;
    for line in output.lines().filter_map(|line| line.trim().strip_prefix("test result: ")) {
        let number = |word: &str| line.split([';', '.']).find_map(|part| part.trim().strip_suffix(word)?.trim().parse::<u32>().ok()).unwrap_or_default();
        let before: Tally = sum.unwrap_or_default();
        sum = Some(Tally { passed: before.passed + number("passed"), failed: before.failed + number("failed"), skipped: before.skipped + number("ignored") });
    }
    let unable = u32::try_from(skips(output).count()).unwrap_or_default();
    sum.map(|sum| Tally { passed: sum.passed.saturating_sub(unable), skipped: sum.skipped + unable, ..sum })
}

/// The closing lines of Node's runner: `# pass 3`, `# fail 0`, `# skipped 0`.
fn node_tally(output: &str) -> Option<Tally> {
    let number = |word: &str| output.lines().rev().find_map(|line| line.strip_prefix(word)?.trim().parse::<u32>().ok());
    Some(Tally { passed: number("# pass ")?, failed: number("# fail ")?, skipped: number("# skipped ").unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        let cargo = "test a ... ok\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\nskipped: no folder\ntest result: FAILED. 2 passed; 1 failed; 0 ignored;";
        assert_eq!(cargo_tally(cargo), Some(Tally { passed: 4, failed: 1, skipped: 2 }));
        assert_eq!(cargo_tally("error: could not compile"), None);
        assert_eq!(node_tally("# tests 5\n# pass 4\n# fail 1\n# skipped 0\n"), Some(Tally { passed: 4, failed: 1, skipped: 0 }));
        assert_eq!(node_tally("boom"), None);
    }
}
