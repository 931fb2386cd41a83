//! `unguided TARGET RUNS SEED LONGEST SLOWEST FINDINGS CORPUS…`: a body over changes of a corpus's inputs, as often as is said, without libFuzzer's compass
//! and many times faster. Says in one line what it did. An input (of LONGEST bytes at most) for which something doesn't hold, or that takes more than SLOWEST
//! seconds, is written into FINDINGS, and the rest is left.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that people run")]

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, io, panic, process, thread};

use connection_lens_hostile::chance::{Chance, changed};
use connection_lens_hostile::{Body, TARGETS};

fn main() {
    match run(&env::args().skip(1).collect::<Vec<_>>()) {
        Ok(said) => println!("{said}"),
        Err(why) => {
            eprintln!("{why}");
            process::exit(1);
        }
    }
}

fn run(arguments: &[String]) -> Result<String, String> {
    let [target, runs, seed, longest, slowest, findings, folders @ ..] = arguments else {
        return Err("unguided TARGET RUNS SEED LONGEST SLOWEST FINDINGS CORPUS…".to_owned());
    };
    let number = |text: &str| text.parse::<usize>().map_err(|error| format!("{text}: {error}"));
    let (runs, seed, longest, slowest) = (number(runs)?, number(seed)?, number(longest)?, Duration::from_secs(number(slowest)? as u64));
    let (_, body) = TARGETS.iter().find(|(name, _)| name == target).ok_or_else(|| format!("there is no target {target}"))?;
    let corpus = corpus(folders).map_err(|error| format!("the corpus of {target}: {error}"))?;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    if corpus.is_empty() {
        return Err(format!("the corpus of {target} is empty"));
    }
    let started = Instant::now();
    let feeding = Feeding { body: *body, corpus: &corpus, longest, slowest, is_over: AtomicBool::new(false) };
    let fed: Vec<Fed> = thread::scope(|scope| {
        let share = |at: usize| runs / threads + usize::from(at < runs % threads);
        let spawn = |at| {
            let feeding = &feeding;
            scope.spawn(move || feeding.feed(share(at), Chance::new(((seed as u64) << 8) + at as u64)))
        };
        let spawned: Vec<_> = (0..threads).map(spawn).collect();
        spawned.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    let took = started.elapsed();
    if let Some(input) = fed.iter().find_map(|fed| fed.finding.as_ref()) {
        let file = Path::new(findings).join(format!("{target}-unguided-{seed}"));
        fs::write(&file, input).map_err(|error| format!("{}: {error}", file.display()))?;
        return Err(format!("Test unit written to {}", file.display()));
    }
    let done: usize = fed.iter().map(|fed| fed.runs).sum();
    let slowest = fed.iter().map(|fed| fed.slowest).max().unwrap_or_default();
    let rate = done as u128 * 1_000 / took.as_millis().max(1);
    Ok(format!("{done} runs, {rate} a second, seed {seed}, {} inputs, the slowest {} ms", corpus.len(), slowest.as_millis()))
}

/// The inputs of these folders, in one order.
fn corpus(folders: &[String]) -> io::Result<Vec<Vec<u8>>> {
    let mut files = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(folder)? {
            files.push(entry?.path());
        }
    }
    files.sort();
    files.iter().map(fs::read).collect()
}

struct Feeding<'a> {
    body: Body,
    corpus: &'a [Vec<u8>],
    longest: usize,
    slowest: Duration,
    is_over: AtomicBool,
}

#[derive(Default)]
struct Fed {
    runs: usize,
    slowest: Duration,
    finding: Option<Vec<u8>>,
}

impl Feeding<'_> {
    fn feed(&self, runs: usize, mut chance: Chance) -> Fed {
        let mut fed = Fed::default();
        while fed.runs < runs && !self.is_over.load(Ordering::Relaxed) {
            let mut input = || self.corpus.get(chance.below(self.corpus.len())).map_or(&[][..], Vec::as_slice);
            let (one, other) = (input(), input());
            let mut bytes = changed(one, other, &mut chance);
            bytes.truncate(self.longest);
            let timed = || {
                let started = Instant::now();
                (panic::catch_unwind(|| (self.body)(&bytes)).is_ok(), started.elapsed())
            };
            // Who put the whole machine to sleep isn't the input: a slow one is slow twice.
            let (holds, took) = Some(timed()).filter(|(holds, took)| !holds || *took <= self.slowest).unwrap_or_else(timed);
            fed.runs += 1;
            fed.slowest = fed.slowest.max(took);
            if !holds || took > self.slowest {
                self.is_over.store(true, Ordering::Relaxed);
                fed.finding = Some(bytes);
            }
        }
        fed
    }
}
