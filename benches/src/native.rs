//! Answers the runner, line by line, so that the native core can be measured in turns with everything else: `audit FILE TIMES` and `feed FILE TIMES`
//! give milliseconds for one, `result FILE` and `feed-result FILE` what comes of it.

use std::io::{BufRead as _, Write as _};
use std::process::ExitCode;
use std::time::Instant;

use connection_lens_bench::{Bench, Fed};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [connections, environment, flow, intended] = arguments.as_slice() else {
        eprintln!("native CONNECTIONS ENVIRONMENT FLOW INTENDED");
        return ExitCode::FAILURE;
    };
    let fed = Fed::new(environment, flow, intended);
    let Some(bench) = std::fs::read(connections).ok().and_then(|bytes| Bench::new(&bytes, intended).ok()) else {
        eprintln!("{connections} is no list of connections");
        return ExitCode::FAILURE;
    };
    println!("{}", fed.told());
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let mut words = line.split('\t');
        let (what, file, times) = (words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next().unwrap_or("1"));
        let Ok(bytes) = std::fs::read(file) else { return ExitCode::FAILURE };
        let times: u32 = times.parse().unwrap_or(1);
        let start = Instant::now();
        let mut last = String::new();
        for _ in 0..times {
            last = if what.starts_with("feed") { fed.feed(&bytes) } else { bench.audit(&bytes).unwrap_or_default() };
        }
        let took = start.elapsed().as_secs_f64() * 1000.0 / f64::from(times);
        if what.ends_with("result") {
            println!("{last}");
        } else {
            // The result is used, so that nothing of the work can be left out.
            println!("{took} {}", last.len());
        }
        if std::io::stdout().flush().is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}
