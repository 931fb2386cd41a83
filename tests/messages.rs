//! The catalogue of sentences: nothing said without an entry, no entry that nobody says.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn catalogue() -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join("extension/_locales/en/messages.json")).expect("the catalogue");
    let entries: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).expect("the catalogue is JSON");
    entries.into_iter().map(|(key, entry)| (key, entry["message"].as_str().expect("a message").to_owned())).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() && name != "node_modules" && name != "tests" && name != "_locales" {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| ["rs", "js", "json"].iter().any(|known| extension == *known)) {
            found.push(path);
        }
    }
}

/// Everything between quotes in our sources that could be a message's name, and those in the manifest.
fn said() -> BTreeSet<String> {
    let mut sources = Vec::new();
    files(&root().join("src"), &mut sources);
    files(&root().join("extension"), &mut sources);
    let mut said = BTreeSet::new();
    for path in sources {
        let text = fs::read_to_string(&path).expect("a source is text").replace("__MSG_", "'").replace("__\"", "'");
        for literal in text.split(['"', '\'', '`']) {
            let is_name = literal.contains('_') && literal.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if is_name {
                said.insert(literal.to_owned());
            }
        }
    }
    said
}

#[test]
fn counted_sentences_have_both_forms() {
    let catalogue = catalogue();
    for key in catalogue.keys() {
        if let Some(stem) = key.strip_suffix("_one") {
            assert!(catalogue.contains_key(&format!("{stem}_other")), "{key} lacks its plural");
        }
        if let Some(stem) = key.strip_suffix("_other") {
            assert!(catalogue.contains_key(&format!("{stem}_one")), "{key} lacks its singular");
        }
    }
}

#[test]
fn the_catalogue_stands_in_order() {
    let text = fs::read_to_string(root().join("extension/_locales/en/messages.json")).expect("the catalogue");
    let keys: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("\t\"")?.split('"').next()).collect();
    assert!(keys.is_sorted(), "sorted by name, so that two people can add to it");
    assert_eq!(keys.len(), catalogue().len());
}

/// Names in the sources that begin as messages do and are none: what they are instead. One that nobody says any more has no place here.
const OTHERS: [(&str, &str); 3] = [
    ("data_collection_permissions", "Firefox's manifest: what the extension sends, namely nothing"),
    ("extra_requests", "a setting's name in storage and in files of settings"),
    ("options_ui", "the manifest: which page the options are"),
];

#[test]
fn everything_said_is_there_and_everything_there_is_said() {
    let (catalogue, said) = (catalogue(), said());
    let has = |key: &str| catalogue.contains_key(key) || catalogue.contains_key(&format!("{key}_other"));
    let families: BTreeSet<&str> = catalogue.keys().filter_map(|key| key.split('_').next()).collect();
    let is_message = |key: &str| key.split('_').next().is_some_and(|family| families.contains(family));
    let missing: BTreeSet<&str> = said.iter().map(String::as_str).filter(|key| is_message(key) && !has(key)).collect();
    assert_eq!(missing, OTHERS.into_iter().map(|(key, _)| key).collect(), "not in the catalogue: on the left, but not on the right");
    let unsaid: Vec<&String> = catalogue
        .keys()
        .filter(|key| !said.contains(*key) && !key.strip_suffix("_one").or(key.strip_suffix("_other")).is_some_and(|stem| said.contains(stem)))
        .collect();
    assert!(unsaid.is_empty(), "nobody says: {unsaid:?}");
    println!("trust: 11 messages {}: said and not in the catalogue 0, in the catalogue and not said 0", catalogue.len());
}

#[test]
fn every_placeholder_is_one_that_the_browser_knows() {
    for (key, message) in catalogue() {
        let mut rest = message.as_str();
        while let Some((_, after)) = rest.split_once('$') {
            assert!(after.starts_with(|c: char| ('1'..='9').contains(&c)), "{key}: a lone dollar");
            rest = after;
        }
        assert_eq!(message.matches("**").count() % 2, 0, "{key}: what stands out ends somewhere");
    }
}
