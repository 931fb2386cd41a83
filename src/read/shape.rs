//! The shape of an answer without a value of it: what a bug report may hold when Power Automate answers in a way that nobody here knows.

use std::collections::BTreeMap;

use serde_json::Value;

use super::json::{self, Json, Object};
use super::part::{CLOSED, Part};

/// Deeper than anything whose shape is asked for.
const MOST_DEPTH: usize = 8;

/// Fields of one object; a longer one is a dictionary that isn't known as one.
const MOST_FIELDS: usize = 60;

/// The longest shape, in bytes of its text.
const MOST_BYTES: usize = 6_000;

/// Objects whose keys are names that people or services gave.
const DICTIONARIES: [&str; 14] = [
    "actions",
    "triggers",
    "cases",
    "tools",
    "connectionreferences",
    "installedconnectionreferences",
    "connectionsmapping",
    "nodesmetadata",
    "operationinfo",
    "idreplacements",
    "outputs",
    "metadata",
    "headers",
    "queries",
];

/// Keys and types of a JSON document: `"text"`, `"number"`, `"flag"`, `"nothing"`; a list as a list of its rows' one shape; names as `<name>`.
/// None where it is no JSON, or its shape is too long to be read by a person.
#[must_use]
pub fn shape(bytes: &[u8]) -> Option<Value> {
    let shape = of(&json::part(&json::text(bytes).ok()?, Part::Shape).ok()?, 0);
    (shape.to_string().len() <= MOST_BYTES).then_some(shape)
}

fn of(value: &Json, depth: usize) -> Value {
    match value {
        Json::Null => "nothing".into(),
        Json::Bool(_) => "flag".into(),
        Json::Number => "number".into(),
        Json::Text(_) => "text".into(),
        _ if depth >= MOST_DEPTH => "deeper".into(),
        Json::List(rows) => {
            let rows = rows.iter().map(|row| of(row, depth + 1)).reduce(merged);
            Value::Array(rows.into_iter().collect())
        }
        Json::Object(fields) => object(fields, false, depth),
    }
}

fn object(fields: &Object, is_dictionary: bool, depth: usize) -> Value {
    let is_dictionary = is_dictionary || fields.len() > MOST_FIELDS;
    let mut shaped: BTreeMap<String, Value> = BTreeMap::new();
    for (key, value) in fields.iter() {
        let lower = key.to_ascii_lowercase();
        let shape = match value {
            Json::Object(_) | Json::List(_) if CLOSED.contains(&lower.as_str()) => "closed".into(),
            Json::Object(inner) if depth + 1 < MOST_DEPTH => object(inner, DICTIONARIES.contains(&lower.as_str()), depth + 1),
            other => of(other, depth + 1),
        };
        let key = if !is_dictionary && is_field(key) { key.to_owned() } else { "<name>".to_owned() };
        let shape = match shaped.remove(&key) {
            Some(known) => merged(known, shape),
            None => shape,
        };
        shaped.insert(key, shape);
    }
    Value::Object(shaped.into_iter().collect())
}

/// A field's name as services write them: letters, first a small one; marks of looked-up rows. Names that people give rarely look so, and those that do stand in dictionaries.
fn is_field(key: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '_' | '@' | '$');
    let first = key.chars().next().is_some_and(|c| c.is_ascii_lowercase() || matches!(c, '@' | '$' | '_'));
    let is_customs = ["shared_", "new_", "cr_"].iter().any(|prefix| key.starts_with(prefix));
    key == "id" || first && (3..=64).contains(&key.len()) && key.chars().all(plain) && !is_customs
}

/// One shape for two rows.
fn merged(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Object(mut one), Value::Object(other)) => {
            for (key, value) in other {
                let value = match one.shift_remove(&key) {
                    Some(known) => merged(known, value),
                    None => value,
                };
                one.insert(key, value);
            }
            Value::Object(one)
        }
        (Value::Array(one), Value::Array(other)) => Value::Array(one.into_iter().chain(other).reduce(merged).into_iter().collect()),
        (one, other) if one == other => one,
        (Value::String(one), Value::String(other)) if one.split(" or ").any(|known| known == other) => Value::String(one),
        (Value::String(one), Value::String(other)) => Value::String(format!("{one} or {other}")),
        (one @ (Value::Object(_) | Value::Array(_)), _) => one,
        (_, other) => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_and_types_and_nothing_else() {
        let answer = json!({"value": [
            {"name": "SECRET", "id": 7, "properties": {"displayName": "SECRET", "isOn": true, "connectionReferences": {"SECRET": {"connectionName": "SECRET"}, "secretname": {"connectionName": null}}}},
            {"name": "SECRET", "owners": ["SECRET"], "SECRET key": {"x y": 1}, "definition": {"actions": {"secret": {}}}, "tags": []}
        ], "nextLink": null});
        let shape = shape(answer.to_string().as_bytes()).expect("a shape");
        assert_eq!(
            shape,
            json!({"nextLink": "nothing", "value": [{"id": "number", "name": "text", "properties": {"connectionReferences": {"<name>": {"connectionName": "text or nothing"}}, "displayName": "text", "isOn": "flag"},
                "owners": ["text"], "<name>": {"<name>": "number"}, "definition": "closed", "tags": []}]})
        );
        assert!(!shape.to_string().to_lowercase().contains("secret"));
        assert_eq!(super::shape(b"<html>"), None);
    }
}
