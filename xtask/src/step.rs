//! One announced step: a command whose output is kept in a file and shown only when it fails.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::paths;

/// How often a long step says that it lives.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// How often a running command is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// Runs a command to its end and returns what it printed. `limit` bounds it in time.
///
/// # Errors
/// Where it can't be started, takes too long, or ends with anything but success; the last carries its whole output.
pub fn run(what: &str, command: &mut Command, limit: Option<Duration>) -> Result<String, Failure> {
    let (output, success) = attempt(what, command, limit)?;
    if success { Ok(output) } else { Err(Failure::new(format!("{what} failed:\n\n{output}"))) }
}

/// Runs a command to its end; its output, and whether it succeeded.
///
/// # Errors
/// Where it can't be started, or takes too long.
pub fn attempt(what: &str, command: &mut Command, limit: Option<Duration>) -> Result<(String, bool), Failure> {
    let folder = paths::target().join("xtask");
    fs::create_dir_all(&folder).map_err(|error| Failure::at(&folder, error))?;
    let name: String = what.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    // Two xtasks may be at work: each has its own.
    let log = folder.join(format!("{name}.{}.log", std::process::id()));
    let file = File::create(&log).map_err(|error| Failure::at(&log, error))?;
    let twin = file.try_clone().map_err(|error| Failure::at(&log, error))?;
    let program = command.get_program().to_string_lossy().into_owned();
    let start = Instant::now();
    print!("{what} … ");
    // A line half written shows what is going on; if it can't be flushed, it shows later.
    let _ = std::io::stdout().flush();
    let mut child =
        command.stdin(Stdio::null()).stdout(file).stderr(twin).spawn().map_err(|error| Failure::new(format!("`{program}` could not be started: {error}")))?;
    let mut told = start;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|error| Failure::new(format!("`{program}` could not be waited for: {error}")))? {
            break status;
        }
        if let Some(limit) = limit.filter(|limit| start.elapsed() > *limit) {
            // It may have ended by itself between the look and this.
            let _ = child.kill();
            let _ = child.wait();
            println!("stopped ({} s)", start.elapsed().as_secs());
            return Err(Failure::new(format!("{what} took longer than {} s and was stopped:\n\n{}", limit.as_secs(), take(&log)?)));
        }
        if told.elapsed() > HEARTBEAT {
            told = Instant::now();
            print!("{} s … ", start.elapsed().as_secs());
            let _ = std::io::stdout().flush();
        }
        thread::sleep(LOOK);
    };
    println!("{} ({:.1} s)", if status.success() { "done" } else { "failed" }, start.elapsed().as_secs_f64());
    Ok((take(&log)?, status.success()))
}

/// What was printed; the file is no longer needed.
fn take(log: &Path) -> Result<String, Failure> {
    let output = fs::read(log).map_err(|error| Failure::at(log, error))?;
    // A file that stays is only untidy.
    let _ = fs::remove_file(log);
    Ok(String::from_utf8_lossy(&output).into_owned())
}
