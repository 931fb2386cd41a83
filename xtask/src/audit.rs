//! `audit`: the dependencies' licences, sources and doubles, and what public databases know against them. A database that can't be reached is a skipped check, and said.

mod npm;

use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Duration;

use crate::failure::Failure;
use crate::tally::Tally;
use crate::{build, paths, step};

/// cargo-deny, which is compiled once: a check shall not change because somebody installed it later.
const VERSION: &str = "0.20.2";

/// It is some hundred crates.
const INSTALL_LIMIT: Duration = Duration::from_secs(1800);

/// A database is some megabytes.
const FETCH_LIMIT: Duration = Duration::from_secs(300);

/// What one check came to.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Nothing,
    /// In the tool's own words.
    Something(String),
    /// Why it could not be made.
    Unreachable(String),
}

type Check = fn() -> Result<Found, Failure>;

/// Makes every check. The last line counts them.
pub fn run() -> ExitCode {
    let mut tally = Tally::default();
    let checks: [(&str, Check); 4] = [
        ("licences, sources and doubles", policy),
        ("known weaknesses of crates", advisories),
        ("known weaknesses of npm packages of extension", || npm::audit("extension")),
        ("known weaknesses of npm packages of www", || npm::audit("www")),
    ];
    for (what, check) in checks {
        match check().unwrap_or_else(|failure| Found::Something(failure.to_string())) {
            Found::Nothing => tally.passed += 1,
            Found::Something(told) => {
                tally.failed += 1;
                println!("\n{what}:\n{told}\n");
            }
            Found::Unreachable(why) => {
                tally.skipped += 1;
                println!("  skipped: {what}: {why}");
            }
        }
    }
    println!("{}", tally.line());
    if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What `deny.toml` says, by what is on this machine.
fn policy() -> Result<Found, Failure> {
    let (output, success) = step::attempt("licences, sources and doubles", deny()?.args(["check", "licenses", "sources", "bans"]), None)?;
    Ok(if success { Found::Nothing } else { Found::Something(output) })
}

/// `RustSec`'s database, and which versions were taken back. Fetched first, so that a finding is told from a database that isn't there.
fn advisories() -> Result<Found, Failure> {
    let fetched = step::attempt("fetching RustSec's database", deny()?.args(["fetch", "db"]), Some(FETCH_LIMIT));
    match fetched {
        Ok((_, true)) => {}
        Ok((output, false)) => return Ok(Found::Unreachable(format!("RustSec's database can't be fetched: {}", last_line(&output)))),
        Err(failure) => return Ok(Found::Unreachable(last_line(&failure.to_string()))),
    }
    let (output, success) = step::attempt("known weaknesses of crates", deny()?.args(["--offline", "check", "advisories"]), None)?;
    Ok(if success { Found::Nothing } else { Found::Something(output) })
}

fn deny() -> Result<Command, Failure> {
    let mut deny = Command::new(program()?);
    deny.args(["--color", "never", "--workspace", "--locked"]).current_dir(paths::root());
    Ok(deny)
}

fn program() -> Result<PathBuf, Failure> {
    let folder = paths::target().join("xtask/cargo-deny");
    let own = folder.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    if let Some(found) = paths::find("cargo-deny").or_else(|| Some(own.clone()).filter(|own| own.is_file())) {
        return Ok(found);
    }
    let mut cargo = Command::new("cargo");
    cargo.args(["install", "--quiet", "--locked", "--version", VERSION, "cargo-deny", "--root"]).arg(&folder);
    cargo.env("CARGO_TARGET_DIR", folder.join("build"));
    step::run("building cargo-deny, once", &mut cargo, Some(INSTALL_LIMIT))?;
    build::remove(&folder.join("build"))?;
    Ok(own)
}

fn last_line(output: &str) -> String {
    output.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or("no reason given").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_the_last_that_was_said() {
        assert_eq!(last_line("fetching\n  unable to access: no such host\n\n"), "unable to access: no such host");
        assert_eq!(last_line(""), "no reason given");
    }
}
