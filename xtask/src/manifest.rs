//! The manifests: one source, one small overlay per browser. A value of the overlay replaces, `null` removes, objects are merged.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::failure::Failure;
use crate::paths;

/// For whom the extension is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Edge, Chrome, and what else is made of Chromium.
    Chromium,
    Firefox,
}

impl Browser {
    pub const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// Its name in folders and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }
}

/// The manifest as a browser loads it.
///
/// # Errors
/// Where one of its two parts can't be read.
pub fn built(browser: Browser, version: &str) -> Result<Value, Failure> {
    let mut manifest = read("manifest.json")?;
    merge(&mut manifest, read(&format!("manifest.{}.json", browser.name()))?);
    merge(&mut manifest, serde_json::json!({ "version": version }));
    Ok(manifest)
}

/// The manifest as a store takes it. The key only holds the id of an unpacked extension: a store gives its own, and refuses a file that brings one.
///
/// # Errors
/// As for [`built`].
pub fn packed(browser: Browser, version: &str) -> Result<Value, Failure> {
    let mut manifest = built(browser, version)?;
    merge(&mut manifest, serde_json::json!({ "key": null }));
    Ok(manifest)
}

/// A manifest as it is written.
pub fn text(manifest: &Value) -> String {
    format!("{manifest:#}\n")
}

/// The product's version stands in one file: Cargo.toml.
///
/// # Errors
/// Where it doesn't.
pub fn version() -> Result<String, Failure> {
    let path = paths::root().join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| Failure::at(&path, error))?;
    let line = text.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    line.map(str::to_owned).ok_or_else(|| Failure::at(&path, "it names no version"))
}

/// Whether a file of `extension/` is one of the parts.
pub fn is_part(name: &str) -> bool {
    name.starts_with("manifest.") && Path::new(name).extension().is_some_and(|kind| kind == "json")
}

fn read(name: &str) -> Result<Value, Failure> {
    let path = paths::root().join("extension").join(name);
    let text = fs::read_to_string(&path).map_err(|error| Failure::at(&path, error))?;
    serde_json::from_str::<Value>(&text).map_err(|error| Failure::at(&path, error))
}

fn merge(into: &mut Value, overlay: Value) {
    match (into, overlay) {
        (Value::Object(into), Value::Object(overlay)) => {
            for (key, value) in overlay {
                if value.is_null() {
                    into.shift_remove(&key);
                } else {
                    merge(into.entry(key).or_insert(Value::Null), value);
                }
            }
        }
        (into, overlay) => *into = overlay,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_overlay_adds_replaces_and_removes() {
        let mut manifest = json!({"a": {"b": 1, "c": 2}, "d": [1, 2], "e": 3});
        merge(&mut manifest, json!({"a": {"b": 9}, "d": [3], "e": null, "f": {"g": 1}}));
        assert_eq!(manifest, json!({"a": {"b": 9, "c": 2}, "d": [3], "f": {"g": 1}}));
    }

    /// What browsers and stores get, word for word: a change of it is a change of what people agreed to. `BLESS=1` writes it anew.
    #[test]
    fn the_manifests_are_those_that_were_looked_at() {
        let golden = [
            ("chromium", built(Browser::Chromium, "0.0.0")),
            ("chromium-store", packed(Browser::Chromium, "0.0.0")),
            ("firefox", built(Browser::Firefox, "0.0.0")),
        ];
        for (name, manifest) in golden {
            let path = paths::root().join("tests/fixtures/manifests").join(format!("{name}.json"));
            let text = text(&manifest.expect("a manifest"));
            if std::env::var_os("BLESS").is_some() {
                fs::write(&path, &text).expect("a place for it");
            }
            assert_eq!(text, fs::read_to_string(&path).unwrap_or_default(), "{name}");
        }
    }

    #[test]
    fn both_ways_to_firefox_are_one() {
        assert_eq!(built(Browser::Firefox, "1.2.3").expect("one"), packed(Browser::Firefox, "1.2.3").expect("one"));
    }
}
