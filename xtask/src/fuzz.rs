//! `fuzz`: the bodies of tests/hostile, fed by libFuzzer; or, for as many runs as possible, by changes of what libFuzzer gathered.
//!
//! Without a sanitizer: the core forbids `unsafe`, so what could be found is a panic or a property that doesn't hold; and without one every flag that is
//! needed is a stable one, so that the project's own compiler does it, and no nightly is installed for this alone.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::failure::Failure;
use crate::{paths, step};

/// How long each target runs where nothing else is said, in seconds.
const SECONDS: u64 = 60;

/// The longest input, in bytes: choices are bytes, and documents of this length have room for everything that readers look for.
const LONGEST: u64 = 4_096;

/// One input that takes longer than this is a finding, in seconds. The usual ones take a ten-thousandth.
const SLOWEST: u64 = 10;

/// An input that takes more memory than this is a finding, in megabytes.
const LARGEST: u32 = 1_024;

/// What is to be done.
struct Wish {
    seconds: Option<u64>,
    runs: Option<u64>,
    /// By libFuzzer, which looks what an input reaches.
    guided: bool,
    targets: Vec<String>,
}

/// Runs the targets.
///
/// # Errors
/// Where a target finds something: with the input's path and what didn't hold. Also where the fuzzers can't be built.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    let wish = Wish::new(arguments)?;
    if wish.guided {
        build_guided(&wish)?;
    } else {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(paths::root()).args(["build", "--locked", "--package", "connection-lens-hostile", "--bin", "unguided", "--profile", "unguided"]);
        step::run("the fuzzer", &mut cargo, None)?;
    }
    let findings: Vec<String> = wish.targets.iter().filter_map(|target| feed(target, &wish).err().map(|failure| failure.to_string())).collect();
    if findings.is_empty() { Ok(()) } else { Err(Failure::new(findings.join("\n\n"))) }
}

fn build_guided(wish: &Wish) -> Result<(), Failure> {
    tool()?;
    let only = if let [only] = wish.targets.as_slice() { Some(only) } else { None };
    step::run("the fuzzers", fuzz(&mut Command::new("cargo"), "build", wish).args(only), None).map(drop)
}

impl Wish {
    fn new(arguments: &[String]) -> Result<Self, Failure> {
        let known = targets()?;
        let mut wish = Self { seconds: None, runs: None, guided: true, targets: Vec::new() };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut number = || {
                let number = rest.next().and_then(|number| number.parse().ok()).filter(|number| *number > 0);
                number.map(Some).ok_or_else(|| Failure::new(format!("`fuzz {argument}` wants a number after it")))
            };
            match argument.as_str() {
                "--seconds" => wish.seconds = number()?,
                "--runs" => wish.runs = number()?,
                "--unguided" => wish.guided = false,
                target if known.iter().any(|known| known == target) => wish.targets.push(target.to_owned()),
                other => return Err(Failure::new(format!("`fuzz` has no `{other}`: its targets are {}", known.join(", ")))),
            }
        }
        if !wish.guided && (wish.runs.is_none() || wish.seconds.is_some()) {
            return Err(Failure::new("`fuzz --unguided` wants `--runs N`, and no seconds: it counts runs only"));
        }
        if wish.targets.is_empty() {
            wish.targets = known;
        }
        if wish.runs.is_none() {
            wish.seconds = wish.seconds.or(Some(SECONDS));
        }
        Ok(wish)
    }
}

/// The targets' names, from their files.
fn targets() -> Result<Vec<String>, Failure> {
    let folder = paths::root().join("fuzz/fuzz_targets");
    let entries = fs::read_dir(&folder).map_err(|error| Failure::at(&folder, error))?;
    let mut names: Vec<String> = entries.flatten().filter_map(|entry| Some(entry.path().file_stem()?.to_string_lossy().into_owned())).collect();
    names.sort();
    Ok(names)
}

/// Installs cargo-fuzz, if it isn't there.
fn tool() -> Result<(), Failure> {
    if paths::find("cargo-fuzz").is_some() {
        return Ok(());
    }
    println!("cargo-fuzz isn't installed: it is compiled once, which takes some minutes, into cargo's own folder of programs.");
    step::run("cargo-fuzz", Command::new("cargo").args(["install", "cargo-fuzz", "--locked"]), None).map(drop)
}

fn folder() -> PathBuf {
    paths::target().join("fuzz")
}

/// cargo-fuzz. A long run starts from what shorter ones gathered and does without the hooks at each comparison, which guide it, but take two thirds of the time.
fn fuzz<'a>(cargo: &'a mut Command, what: &str, wish: &Wish) -> &'a mut Command {
    cargo.current_dir(paths::root()).args(["fuzz", what, "--sanitizer", "none"]);
    if wish.runs.is_some() {
        cargo.arg("--no-trace-compares").arg("--target-dir").arg(folder().join("long"));
    } else {
        cargo.arg("--target-dir").arg(folder());
    }
    cargo
}

/// Feeds one target. New inputs are gathered below `target/`; the committed corpus is only read.
fn feed(target: &str, wish: &Wish) -> Result<(), Failure> {
    let (gathered, found) = (folder().join("corpus").join(target), folder().join("findings"));
    for folder in [&gathered, &found] {
        fs::create_dir_all(folder).map_err(|error| Failure::at(folder, error))?;
    }
    let own = paths::root().join("fuzz/corpus").join(target);
    let mut fuzzer = Command::new(if wish.guided { "cargo".into() } else { paths::target().join("unguided/unguided") });
    if wish.guided {
        fuzz(&mut fuzzer, "run", wish).arg(target).arg(&gathered).arg(own).arg("--");
        fuzzer.args([format!("-max_len={LONGEST}"), format!("-timeout={SLOWEST}"), format!("-rss_limit_mb={LARGEST}"), "-print_final_stats=1".to_owned()]);
        fuzzer.arg(format!("-artifact_prefix={}/{target}-", found.display()));
        fuzzer.args(wish.seconds.map(|seconds| format!("-max_total_time={seconds}")));
        fuzzer.args(wish.runs.map(|runs| format!("-runs={runs}")));
    } else {
        // Another seed each time: what was fed before needs no second look.
        let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        fuzzer.arg(target).args([wish.runs.unwrap_or_default(), seed, LONGEST, SLOWEST].map(|number| number.to_string())).arg(&found).arg(&gathered).arg(own);
    }
    // A minute for what stands around the time that was wished for.
    let limit = wish.seconds.map(|seconds| Duration::from_secs(seconds + 60));
    let (output, success) = step::attempt(&format!("fuzzing {target}"), &mut fuzzer, limit)?;
    if success {
        println!("  {}", if wish.guided { figures(&output) } else { output.trim().to_owned() });
        return Ok(());
    }
    let input = output.lines().find_map(|line| Some(line.split_once("Test unit written to ")?.1.trim()));
    let Some(input) = input else { return Err(Failure::new(format!("fuzzing {target} failed:\n\n{output}"))) };
    let said: Vec<&str> = output.lines().skip_while(|line| !line.contains("panicked at")).take(4).collect();
    Err(Failure::new(format!(
        "{target}: something doesn't hold for the input {input}\n{}\nMend it, and put the input, as short as it gets, into fuzz/corpus/{target}/.",
        said.join("\n")
    )))
}

/// A run's figures, from libFuzzer's last words: `#100 DONE cov: 12 ft: 34 corp: 5/6Kb lim: 7 exec/s: 8 rss: 9Mb`.
fn figures(output: &str) -> String {
    let last = output.lines().rev().find(|line| line.contains("\tDONE ")).unwrap_or_default();
    let word = |name: &str| last.split_once(name).and_then(|(_, after)| after.split_whitespace().next()).unwrap_or("?");
    let runs = last.split_whitespace().next().unwrap_or_default().trim_start_matches('#');
    format!("{runs} runs, {} a second, {} edges, {} inputs gathered, {}", word("exec/s: "), word("cov: "), word("corp: "), word("rss: "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_a_run() {
        let output = "#2\tINITED cov: 1\n#1000\tDONE   cov: 12 ft: 34 corp: 5/6Kb lim: 7 exec/s: 800 rss: 90Mb\nDone 1000 runs in 1 second(s)\n";
        assert_eq!(figures(output), "1000 runs, 800 a second, 12 edges, 5/6Kb inputs gathered, 90Mb");
    }

    #[test]
    fn wishes() {
        let wish = |arguments: &[&str]| Wish::new(&arguments.iter().map(|argument| (*argument).to_owned()).collect::<Vec<_>>());
        let all = wish(&[]).expect("the usual wish");
        assert_eq!((all.seconds, all.runs, all.targets), (Some(SECONDS), None, targets().expect("the folder of targets")));
        assert!(wish(&["--unguided"]).is_err() && wish(&["--unguided", "--runs", "7"]).is_ok_and(|wish| !wish.guided));
        let one = wish(&["--runs", "7", "flow"]).expect("a wish");
        assert_eq!((one.seconds, one.runs, one.targets), (None, Some(7), vec!["flow".to_owned()]));
        assert!(wish(&["--runs"]).is_err() && wish(&["--runs", "x"]).is_err());
        assert!(wish(&["nothing"]).err().is_some_and(|failure| failure.to_string().contains("address, archive")));
    }
}
