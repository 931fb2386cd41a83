//! The command line over real flows, against Python reading the same files as JSON and doing nothing with them.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::native::release;
use super::rows::Measured;
use crate::failure::Failure;
use crate::paths;

/// Turns for each.
const ROUNDS: usize = 15;

/// Encodings as files have them; then `json.load`, and nothing else.
const PYTHON: &str = "import json, sys\nfor name in sys.argv[1:]:\n    raw = open(name, 'rb').read()\n    json.loads(raw.decode('utf-16') if raw[:2] in (b'\\xff\\xfe', b'\\xfe\\xff') else raw.decode('utf-8-sig'))";

/// Nothing where no folder of real flows is at hand, or no Python: that is said.
pub fn measure() -> Result<Vec<Measured>, Failure> {
    let Some(folder) = std::env::var_os("FLOW_CORPUS").map(PathBuf::from) else {
        println!("skipped: FLOW_CORPUS names no folder of real flows for the command line's row");
        return Ok(Vec::new());
    };
    let Some(python) = paths::find("python3") else {
        println!("skipped: there is no Python for the command line's row");
        return Ok(Vec::new());
    };
    let entries = fs::read_dir(&folder).map_err(|error| Failure::at(&folder, error))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|kind| kind == "json")).collect();
    files.sort();
    let mut ours = Command::new(release("connection-lens"));
    ours.arg("read").args(&files);
    let mut theirs = Command::new(python);
    theirs.args(["-c", PYTHON]).args(&files);
    let (mut ratios, mut took) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (one, other) = (timed(&mut ours)?, timed(&mut theirs)?);
        ratios.push(other / one);
        took.push(one);
    }
    let (ratio, one) = (median(&mut ratios), median(&mut took));
    let peer = format!("{} files in {one:.1} ms, the start of the process included", files.len());
    Ok(vec![Measured { row: "cli".to_owned(), figure: ratio, peer, floor: None }])
}

fn timed(command: &mut Command) -> Result<f64, Failure> {
    let start = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let took = start.elapsed().as_secs_f64() * 1000.0;
    match status {
        Ok(status) if status.success() => Ok(took),
        _ => Err(Failure::new(format!("{} could not read the flows", command.get_program().to_string_lossy()))),
    }
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}
