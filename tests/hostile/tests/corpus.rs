//! Every body over its committed corpus, and over seeded changes of it: a fuzzer's day, without the fuzzer.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests panic where they fail")]

use std::fs;
use std::path::Path;

use connection_lens_hostile::chance::{Chance, changed};
use connection_lens_hostile::{Body, TARGETS};

/// Changed inputs for each body. Together they take half a minute unoptimised.
const CHANGED: u64 = 800;

/// The inputs of a corpus, by name.
fn corpus(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.display().to_string(), fs::read(&path).expect("an input"))).collect()
}

fn check(name: &str) {
    let (_, body): (_, Body) = *TARGETS.iter().find(|(known, _)| *known == name).expect("a body");
    let corpus = corpus(name);
    assert!(corpus.len() >= 10, "a corpus of some dozen inputs: {}", corpus.len());
    for (path, bytes) in &corpus {
        println!("input: {path}");
        body(bytes);
    }
    for seed in 1..=CHANGED {
        let mut chance = Chance::new(seed);
        let (one, other) = (chance.below(corpus.len()), chance.below(corpus.len()));
        let bytes = changed(&corpus[one].1, &corpus[other].1, &mut chance);
        println!("input: {bytes:?}");
        body(&bytes);
    }
}

macro_rules! bodies {
    ($($name:ident)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];
        $(#[test] fn $name() { check(stringify!($name)); })*
    };
}

bodies!(
    address archive audit connections csv designer flow html json kept lists markdown people refusal restored rows session settings shape sheet sweep swept
);

#[test]
fn every_body_is_played() {
    assert_eq!(TARGETS.map(|(name, _)| name), NAMES);
    println!("trust: 8 readers, writers and states fed: {}, each with its corpus and {CHANGED} changes of it; panics 0", NAMES.len());
}
