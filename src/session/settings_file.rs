//! All settings as one JSON file: rules, strictness, appearance, and the accounts said for single flows. What was ticked and noted isn't part of it: it belongs to the flow's record.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Kept, Settings};
use crate::audit::Rule;
use crate::model::AccountPattern;
use crate::words::Text;

/// The format's name and version.
const FORMAT: &str = "connection-lens/settings/1";

/// A settings file is some kilobytes; what is longer is none.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;

/// The appearance: each choice with what may be chosen, the usual one first.
pub const APPEARANCE: [(&str, &[&str]); 4] =
    [("theme", &["system", "light", "dark"]), ("labels", &["name", "initials", "address"]), ("colours", &["standard", "safe"]), ("bar", &["bottom", "top"])];

/// The file of what local storage holds.
#[must_use]
pub fn settings_file(items: &Value) -> String {
    let kept = Kept::from_items(items);
    let flows: BTreeMap<&str, &Vec<AccountPattern>> = kept.flows_with_accounts().collect();
    let appearance = items.get("appearance").cloned().unwrap_or_else(|| json!({}));
    format!("{:#}\n", json!({ "format": FORMAT, "settings": kept.settings, "appearance": appearance, "flows": flows }))
}

/// What to keep in local storage, by its key, after taking in a file; `items` is what is kept now.
///
/// # Errors
/// The sentence that says what is wrong with the file, and where.
pub fn from_settings_file(text: &str, items: &Value) -> Result<Map<String, Value>, Text> {
    if text.len() > MOST_BYTES {
        return Err(Text::new("settings_file_long"));
    }
    let file: Value =
        serde_json::from_str(text).map_err(|error| Text::new("settings_file_no_json").with(error.line().to_string()).with(error.column().to_string()))?;
    match file.get("format").and_then(Value::as_str) {
        Some(FORMAT) => {}
        Some(other) if other.starts_with("connection-lens/settings/") => return Err(Text::new("settings_file_newer")),
        Some(other) if other.starts_with("connection-lens/") => return Err(Text::new("settings_file_other_kind")),
        _ => return Err(Text::new("settings_file_no_settings")),
    }
    let mut keep = Map::new();
    for (key, value) in file.as_object().into_iter().flatten() {
        match key.as_str() {
            "format" => {}
            "settings" => {
                let settings = settings(value).map_err(|place| wrong(&place))?;
                keep.insert("settings".to_owned(), serde_json::to_value(settings).unwrap_or_default());
            }
            "appearance" => {
                keep.insert("appearance".to_owned(), appearance(value).map_err(|place| wrong(&place))?);
            }
            "flows" => keep.extend(flows(value, items).map_err(|place| wrong(&place))?),
            other => return Err(wrong(other)),
        }
    }
    Ok(keep)
}

fn wrong(place: &str) -> Text {
    Text::new("settings_file_wrong").with(place.chars().take(120).collect::<String>())
}

/// An object's entries, or where there should have been one.
fn entries<'a>(value: &'a Value, place: &str) -> Result<&'a Map<String, Value>, String> {
    value.as_object().ok_or_else(|| place.to_owned())
}

fn settings(value: &Value) -> Result<Settings, String> {
    let mut settings = Settings::default();
    for (key, value) in entries(value, "settings")? {
        let place = format!("settings.{key}");
        match key.as_str() {
            "accounts" => settings.accounts = accounts(value, &place)?,
            "sign_in_alone" => settings.sign_in_alone = value.as_bool().ok_or(place)?,
            "extra_requests" => settings.extra_requests = value.as_bool().ok_or(place)?,
            "rules" => {
                let rules = value.as_array().ok_or(&place)?;
                settings.rules = rules.iter().enumerate().map(|(index, value)| rule(value, &format!("{place}[{index}]"))).collect::<Result<_, _>>()?;
            }
            _ => return Err(place),
        }
    }
    Ok(settings)
}

fn rule(value: &Value, place: &str) -> Result<Rule, String> {
    let mut rule = Rule::default();
    let word = |value: &Value, place: String| value.as_str().map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).ok_or(place);
    for (key, value) in entries(value, place)? {
        let place = format!("{place}.{key}");
        match key.as_str() {
            "accounts" => rule.accounts = accounts(value, &place)?,
            "environment" => rule.environment = Some(word(value, place)?),
            "connector" => rule.connector = Some(word(value, place)?),
            "sign_in_alone" => rule.sign_in_alone = Some(value.as_bool().ok_or(place)?),
            _ => return Err(place),
        }
    }
    if rule.accounts.is_empty() { Err(format!("{place}.accounts")) } else { Ok(rule) }
}

fn accounts(value: &Value, place: &str) -> Result<Vec<AccountPattern>, String> {
    let list = value.as_array().ok_or(place)?;
    list.iter().enumerate().map(|(index, value)| value.as_str().and_then(AccountPattern::new).ok_or_else(|| format!("{place}[{index}]"))).collect()
}

fn appearance(value: &Value) -> Result<Value, String> {
    let entries = entries(value, "appearance")?;
    for (key, value) in entries {
        let known = APPEARANCE.iter().find(|(name, _)| name == key);
        if !known.is_some_and(|(_, choices)| value.as_str().is_some_and(|value| choices.contains(&value))) {
            return Err(format!("appearance.{key}"));
        }
    }
    Ok(value.clone())
}

/// The accounts said for single flows, put into their records; whatever else a record holds stays.
fn flows(value: &Value, items: &Value) -> Result<Map<String, Value>, String> {
    let mut keep = Map::new();
    for (key, value) in entries(value, "flows")? {
        let place = format!("flows[{key:?}]");
        let is_key =
            key.strip_prefix("flow:").and_then(|rest| rest.split_once('/')).is_some_and(|(environment, flow)| !environment.is_empty() && !flow.is_empty());
        if !is_key {
            return Err(place);
        }
        let accounts = accounts(value, &place)?;
        let mut record = items.get(key).filter(|record| record.is_object()).cloned().unwrap_or_else(|| json!({}));
        if let Some(record) = record.as_object_mut() {
            record.insert("accounts".to_owned(), serde_json::to_value(accounts).unwrap_or_default());
        }
        keep.insert(key.clone(), record);
    }
    Ok(keep)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "flow:default-1/f";

    fn items() -> Value {
        json!({
            "settings": { "accounts": ["svc@c.com"], "rules": [{ "accounts": ["mail@c.com"], "connector": "shared_office365", "sign_in_alone": true }], "extra_requests": false },
            "appearance": { "theme": "dark" },
            KEY: { "accounts": ["ana@c.com"], "ticks": { "people": 7.0 } },
            "flow:default-1/g": { "ticks": {} },
            "bar": { "x": 1 },
        })
    }

    #[test]
    fn what_is_written_is_read() {
        let text = settings_file(&items());
        let kept = from_settings_file(&text, &json!({ KEY: { "ticks": { "people": 9.0 } } })).expect("our own file");
        assert_eq!(kept["settings"]["rules"], items()["settings"]["rules"]);
        assert_eq!(kept["settings"]["extra_requests"], json!(false));
        assert_eq!(kept["appearance"], json!({ "theme": "dark" }));
        assert_eq!(kept[KEY], json!({ "ticks": { "people": 9.0 }, "accounts": ["ana@c.com"] }));
        assert_eq!(kept.len(), 3, "{kept:?}");
        assert!(!text.contains("ticks"));
    }

    #[test]
    fn a_bad_file_says_what_and_where() {
        let check = |text: &str, key: &str, args: &[&str]| {
            let said = from_settings_file(text, &json!({})).expect_err(text);
            assert_eq!((said.key.as_ref(), said.args.iter().map(String::as_str).collect::<Vec<_>>()), (key, args.to_vec()), "{text}");
        };
        let of = |rest: &str| format!(r#"{{"format":"{FORMAT}",{rest}}}"#);
        check("{\n  \"format\": ", "settings_file_no_json", &["2", "12"]);
        check("[]", "settings_file_no_settings", &[]);
        check(r#"{"format":"connection-lens/settings/2"}"#, "settings_file_newer", &[]);
        check(r#"{"format":"connection-lens/audit/1"}"#, "settings_file_other_kind", &[]);
        check(&of(r#""settings":[]"#), "settings_file_wrong", &["settings"]);
        check(&of(r#""settings":{"accounts":["*"]}"#), "settings_file_wrong", &["settings.accounts[0]"]);
        check(&of(r#""settings":{"rules":[{"accounts":["a@c.com"]},{"accounts":[]}]}"#), "settings_file_wrong", &["settings.rules[1].accounts"]);
        check(&of(r#""settings":{"rules":[{"accounts":["a@c.com"],"conector":"x"}]}"#), "settings_file_wrong", &["settings.rules[0].conector"]);
        check(&of(r#""appearance":{"theme":"pink"}"#), "settings_file_wrong", &["appearance.theme"]);
        check(&of(r#""flows":{"settings":[]}"#), "settings_file_wrong", &["flows[\"settings\"]"]);
        check(&of(r#""managed":{}"#), "settings_file_wrong", &["managed"]);
        check(&" ".repeat(MOST_BYTES + 1), "settings_file_long", &[]);
    }
}
