//! What can be chosen on the options page travels in the settings file.

use connection_lens::paint::Look;
use connection_lens::session::{APPEARANCE, from_settings_file, settings_file};
use serde_json::{Value, json};

/// What may stand in a part of the appearance, as the type itself says where it refuses a word.
fn choices_of_the_type(part: &str) -> Vec<String> {
    let refused = serde_json::from_value::<Look>(json!({ part: "?" })).err().map(|error| error.to_string()).unwrap_or_default();
    let (_, known) = refused.split_once("expected").unwrap_or_default();
    known.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_choice_travels() {
    let page = include_str!("../extension/options/appearance.js");
    for (part, choices) in APPEARANCE {
        if part != "theme" {
            assert_eq!(choices_of_the_type(part), choices, "{part}");
        }
        for choice in choices {
            assert!(page.contains(&format!("'{choice}'")), "the page offers {part} {choice}");
            let kept = json!({ "appearance": { part: choice } });
            let taken = from_settings_file(&settings_file(&kept), &json!({})).expect("a file of our own");
            assert_eq!(taken.get("appearance"), Some(&kept["appearance"]));
        }
    }
}

#[test]
fn what_the_page_writes_at_once_travels() {
    let page = include_str!("../extension/options/appearance.js");
    let (_, usual) = page.split_once("appearance: { theme:").expect("the usual choices");
    let (usual, _) = usual.split_once(", ...appearance").expect("what was chosen goes before");
    let usual: serde_json::Map<String, Value> = format!("theme:{usual}")
        .split(',')
        .filter_map(|pair| pair.split_once(':'))
        .map(|(part, word)| (part.trim().to_owned(), json!(word.trim().trim_matches('\''))))
        .collect();
    assert_eq!(usual.len(), APPEARANCE.len(), "{usual:?}");
    let taken = from_settings_file(&settings_file(&json!({ "appearance": usual })), &json!({})).expect("a file of our own");
    assert_eq!(taken.get("appearance"), Some(&Value::Object(usual)));
}
