//! Real flows, where a folder of them is at hand: what is read equals what an independent reader found.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

use std::fs;
use std::path::{Path, PathBuf};

use connection_lens::read;
use serde_json::Value;

fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("FLOW_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: FLOW_CORPUS names no folder of real flows");
    }
    folder
}

fn parsed(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).expect("an expectation is JSON")
}

/// Of a list of objects, the fields that both sides promise.
fn fields(list: &Value, names: &[&str]) -> Vec<Value> {
    list.as_array()
        .into_iter()
        .flatten()
        .map(|row| names.iter().map(|name| ((*name).to_owned(), row.get(*name).cloned().unwrap_or(Value::Null))).collect::<serde_json::Map<_, _>>().into())
        .collect()
}

#[test]
fn real_flows_are_read_as_expected() {
    let Some(folder) = corpus() else { return };
    let mut compared = 0;
    let mut files: Vec<PathBuf> = fs::read_dir(folder.join("expected")).expect("expectations").flatten().map(|entry| entry.path()).collect();
    files.sort();
    for expected in files {
        let name = expected.file_name().expect("a file").to_owned();
        let wanted = parsed(&expected);
        let reading = read::flow(&fs::read(folder.join(&name)).expect("the flow beside its expectation")).unwrap_or_else(|error| panic!("{name:?}: {error}"));
        let found = read::document(&reading);
        for (list, names) in [
            ("operations", &["name", "kind", "type", "path", "branch", "reference", "connector"][..]),
            ("references", &["key", "connector", "source", "connection", "logical_name", "used_by"]),
            ("dangling", &["name", "reference"]),
        ] {
            let (found, wanted) = (fields(&found[list], names), fields(&wanted[list], names));
            for (found, wanted) in found.iter().zip(&wanted) {
                assert_eq!(found, wanted, "{name:?}: {list}");
            }
            assert_eq!(found.len(), wanted.len(), "{name:?}: {list}");
        }
        assert_eq!(found["leftover"], wanted["leftover"], "{name:?}");
        compared += 1;
    }
    assert!(compared > 0, "the folder holds expectations");
    println!("{compared} real flows");
}
