//! Each message has a sample in `tests/fixtures/messages/`; the scripts' tests read the same files. Here: each is what the core reads and writes.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use connection_lens::protocol::{Event, Outcome, SweepEvent, SweepOutcome};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Every kind. A new one doesn't compile until it stands here, and fails until it has a sample.
const KINDS: [&str; 24] = [
    "shown",
    "hidden",
    "captured",
    "signed_in",
    "designer",
    "designer_gone",
    "found",
    "rows",
    "unanswered",
    "not_revealed",
    "intend",
    "sign_in_alone",
    "highlight",
    "owners",
    "step",
    "reveal",
    "tick",
    "tick_item",
    "dismiss",
    "note",
    "undo",
    "reset",
    "refresh",
    "look",
];

fn kind(event: &Event) -> &'static str {
    match event {
        Event::Shown { .. } => "shown",
        Event::Hidden {} => "hidden",
        Event::Captured { .. } => "captured",
        Event::SignedIn { .. } => "signed_in",
        Event::Designer { .. } => "designer",
        Event::DesignerGone {} => "designer_gone",
        Event::Found { .. } => "found",
        Event::Rows { .. } => "rows",
        Event::Unanswered { .. } => "unanswered",
        Event::NotRevealed { .. } => "not_revealed",
        Event::Intend { .. } => "intend",
        Event::SignInAlone { .. } => "sign_in_alone",
        Event::Highlight { .. } => "highlight",
        Event::Owners { .. } => "owners",
        Event::Step { .. } => "step",
        Event::Reveal { .. } => "reveal",
        Event::Tick { .. } => "tick",
        Event::TickItem { .. } => "tick_item",
        Event::Dismiss { .. } => "dismiss",
        Event::Note { .. } => "note",
        Event::Undo { .. } => "undo",
        Event::Reset { .. } => "reset",
        Event::Refresh { .. } => "refresh",
        Event::Look {} => "look",
    }
}

/// The samples whose names begin so: name and content.
fn samples(of: &str) -> Vec<(String, Value)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/messages");
    let files = fs::read_dir(folder).expect("the folder of samples");
    let mut samples = Vec::new();
    for file in files {
        let path = file.expect("a file").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if let Some(rest) = name.strip_prefix(of) {
            let text = fs::read_to_string(&path).expect("a readable sample");
            samples.push((rest.to_owned(), serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))));
        }
    }
    assert!(!samples.is_empty(), "no samples of {of}");
    samples
}

fn read_and_written<T: Serialize + DeserializeOwned>(name: &str, sample: &Value) -> T {
    let message: T = serde_json::from_value(sample.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(serde_json::to_value(&message).expect("it can be written"), *sample, "{name}");
    message
}

#[test]
fn events() {
    let mut seen = BTreeSet::new();
    for (name, sample) in samples("event-") {
        let event: Event = read_and_written(&name, &sample);
        assert_eq!(kind(&event), name);
        seen.insert(name);
    }
    assert_eq!(seen, KINDS.map(str::to_owned).into());
}

#[test]
fn outcomes() {
    for (name, sample) in samples("outcome-") {
        read_and_written::<Outcome>(&name, &sample);
    }
}

/// A sweep's events: a new one doesn't compile until it stands here, and fails until it has a sample.
#[test]
fn sweeps() {
    let kind = |event: &SweepEvent| match event {
        SweepEvent::Start { .. } => "start",
        SweepEvent::Go { .. } => "go",
        SweepEvent::Pause { .. } => "pause",
        SweepEvent::Continue { .. } => "continue",
        SweepEvent::Cancel { .. } => "cancel",
        SweepEvent::Here { .. } => "here",
        SweepEvent::Gone { .. } => "gone",
        SweepEvent::Swept { .. } => "swept",
        SweepEvent::Unswept { .. } => "unswept",
        SweepEvent::Full { .. } => "full",
        SweepEvent::Waited { .. } => "waited",
    };
    let samples = samples("sweep-");
    for (name, sample) in &samples {
        assert_eq!(kind(&read_and_written(name, sample)), name);
    }
    assert_eq!(samples.len(), 11, "one of each kind");
    let (name, sample) = &self::samples("swept-")[0];
    read_and_written::<SweepOutcome>(name, sample);
}
