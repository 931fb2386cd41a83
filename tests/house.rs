//! The house's rule: imports run only downwards. What is absent is the point: the core knows no browser, and one room knows Microsoft's shapes.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, each may use those before it.
const ORDER: [&str; 12] = ["model", "words", "read", "portal", "audit", "report", "paint", "protocol", "session", "sweep", "ui", "browser"];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn rooms() -> Vec<(String, PathBuf, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    let room_of = |path: &Path| {
        let first = path.strip_prefix(&source).ok().and_then(|inside| inside.components().next()).map(|part| part.as_os_str().to_string_lossy().into_owned());
        first.unwrap_or_default().trim_end_matches(".rs").to_owned()
    };
    files.into_iter().map(|path| (room_of(&path), path.clone(), fs::read_to_string(&path).expect("a source is text"))).collect()
}

#[test]
fn imports_run_downwards() {
    let mut seen = 0;
    for (room, path, text) in rooms() {
        let Some(own) = ORDER.iter().position(|known| *known == room) else { continue };
        seen += 1;
        for (place, _) in text.match_indices("crate::") {
            let rest = &text[place + "crate::".len()..];
            // `use crate::{audit, paint};` names several rooms at once.
            let named: Vec<&str> = match rest.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap_or_default().split(',').map(|part| part.trim().split("::").next().unwrap_or_default()).collect(),
                None => vec![rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()],
            };
            for used in named {
                if let Some(other) = ORDER.iter().position(|known| *known == used) {
                    assert!(other <= own, "{}: {room} may not use {used}", path.display());
                }
            }
        }
    }
    assert!(seen > 20, "the rooms were found ({seen} files)");
}

#[test]
fn only_the_browser_room_knows_a_browser() {
    for (room, path, text) in rooms() {
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for word in ["wasm_bindgen", "web_sys", "js_sys", "gloo_"] {
            assert!(room == "browser" || !code.contains(word), "{} uses {word}", path.display());
        }
    }
}

#[test]
fn only_the_reading_room_knows_microsofts_shapes() {
    let shapes = ["connectionReferences", "connectionName", "authenticatedUser", "installedConnectionReferences", "connectionsMapping", "runtimeSource"];
    for (room, path, text) in rooms() {
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for shape in shapes {
            assert!(room == "read" || !code.contains(shape), "{} knows {shape}", path.display());
        }
    }
}
