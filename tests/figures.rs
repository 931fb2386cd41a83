//! docs/TRUST.md: every figure has its tests there, and each of them exists.
#![allow(clippy::expect_used, clippy::panic, reason = "tests panic where they fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const FIGURES: usize = 13;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The sources of everything that tests, as one text.
fn sources(folder: &Path, text: &mut String) {
    for path in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())).flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !["node_modules", "target", "fixtures"].contains(&name.as_str()) {
            sources(&path, text);
        } else if path.extension().is_some_and(|kind| kind == "rs") || name.ends_with(".test.js") {
            text.push_str(&fs::read_to_string(&path).expect("a source is text"));
        }
    }
}

/// The table's rows: a figure's number, and its test.
fn rows(page: &str) -> Vec<(usize, &str)> {
    page.lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| ")?.split(" | ");
            let figure = cells.next()?.split_once(": ")?.0.parse().ok()?;
            Some((figure, cells.next()?.trim_matches('`')))
        })
        .collect()
}

#[test]
fn every_figure_has_its_tests_and_every_test_exists() {
    let page = fs::read_to_string(root().join("docs/TRUST.md")).expect("the page");
    let rows = rows(&page);
    let figures: BTreeSet<usize> = rows.iter().map(|(figure, _)| *figure).collect();
    assert_eq!(figures, (1..=FIGURES).collect(), "each figure stands in the table");
    let mut text = String::new();
    for folder in ["tests", "extension/tests", "xtask/src"] {
        sources(&root().join(folder), &mut text);
    }
    let is_there = |test: &str| {
        let command = test.strip_prefix("cargo xtask ").and_then(|rest| rest.split(' ').next());
        text.contains(&format!("fn {test}("))
            || text.contains(&format!("test('{test}'"))
            || command.is_some_and(|command| text.contains(&format!("Some(\"{command}\")")))
    };
    let gone: Vec<&str> = rows.iter().map(|(_, test)| *test).filter(|test| !is_there(test)).collect();
    assert!(gone.is_empty(), "in docs/TRUST.md, and nowhere else: {gone:?}");
    assert!(!is_there("no_such_test") && !is_there("cargo xtask nothing"));
    // Words of the page that are tests' names, too.
    for test in page.split('`').filter(|word| word.contains('_') && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')) {
        assert!(is_there(test), "{test}");
    }
}
