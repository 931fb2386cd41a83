//! The project's papers: what they link to is there, and the code that the threat model names stands where it says.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "tests panic where they fail")]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The papers of the top folder and of docs/.
fn papers() -> Vec<(PathBuf, String)> {
    let folders = [root().to_owned(), root().join("docs")];
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder")).map(|entry| entry.expect("an entry").path());
    let papers: Vec<_> = files.filter(|path| path.extension().is_some_and(|kind| kind == "md")).collect();
    papers.into_iter().map(|path| (path.clone(), fs::read_to_string(&path).expect("a paper"))).collect()
}

/// A heading as GitHub makes a name for a link of it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
}

#[test]
fn links_lead_somewhere() {
    let mut seen = 0;
    for (paper, text) in papers() {
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|target| !target.contains("://")) {
            let (file, heading) = target.split_once('#').map_or((target, None), |(file, heading)| (file, Some(heading)));
            let place = if file.is_empty() { paper.clone() } else { paper.parent().expect("a folder").join(file) };
            assert!(place.exists(), "{}: {target}", paper.display());
            if let Some(heading) = heading {
                let text = fs::read_to_string(&place).expect("a paper");
                let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| anchor(line.trim_start_matches('#')));
                assert!(headings.into_iter().any(|known| known == heading), "{}: {target}", paper.display());
            }
            seen += 1;
        }
    }
    assert!(seen > 15, "{seen}");
}

#[test]
fn the_threat_model_names_files_that_are_there() {
    let text = fs::read_to_string(root().join("docs/threat-model.md")).expect("the threat model");
    let named: Vec<&str> = text.split('`').skip(1).step_by(2).filter(|word| word.contains('/') && !word.contains(' ')).collect();
    assert!(named.len() > 25, "{}", named.len());
    for file in named {
        assert!(root().join(file).exists(), "{file}");
    }
}

#[test]
fn the_stores_texts_are_short_enough_and_say_what_the_package_says() {
    let store = fs::read_to_string(root().join("docs/store.md")).expect("the stores' texts");
    let catalogue = fs::read_to_string(root().join("extension/_locales/en/messages.json")).expect("the catalogue");
    let catalogue: serde_json::Value = serde_json::from_str(&catalogue).expect("JSON");
    for key in ["ext_name", "ext_description"] {
        let message = catalogue[key]["message"].as_str().expect("a message");
        assert!(store.contains(message), "{key}");
    }
    let manifest = fs::read_to_string(root().join("extension/manifest.json")).expect("the manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    for permission in ["permissions", "optional_permissions"].iter().flat_map(|key| manifest[key].as_array().expect("a list").clone()) {
        assert!(store.contains(&format!("| `{}`", permission.as_str().expect("a name"))), "{permission} is not justified");
    }
}
