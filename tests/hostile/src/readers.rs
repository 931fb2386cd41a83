//! The readers: bytes → model. What they return is consistent, what they refuse is a sentence without a word of the document.

use std::borrow::Cow;
use std::collections::HashSet;

use connection_lens::model::{Connection, Environment, Flow, Gap, Reading};
use connection_lens::read::{self, ReadError};
use serde_json::Value;

use crate::shapes::{self, CANARY, document};

/// Longer than any sentence that a reader says.
const LONGEST_SENTENCE: usize = 140;

/// A refusal says what was found, in words of ours.
pub fn refused(error: &ReadError) {
    let said = error.to_string();
    assert!(said.is_ascii() && said.len() <= LONGEST_SENTENCE && !said.contains('\n'), "a sentence of ours: {said}");
    assert!(!said.ends_with('.') && said.starts_with(|c: char| c.is_ascii_lowercase() || said.starts_with("JSON")), "lower case, no full stop: {said}");
    assert!(!error.kind_name().is_empty() && error.kind_name().chars().all(|c| c.is_ascii_lowercase() || c == '_'));
}

fn gaps(gaps: &[Gap], bytes: &[u8]) {
    // Each gap is something that stands in the document, and takes more than a byte there.
    assert!(gaps.len() <= bytes.len());
    for gap in gaps {
        assert!(gap.what.is_ascii() && gap.what.len() <= LONGEST_SENTENCE && !gap.what.ends_with('.'), "words of ours: {}", gap.what);
    }
}

/// The same text as Windows tools save it.
fn as_utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// The reading doesn't depend on how the text was saved.
fn in_any_encoding<T: PartialEq + std::fmt::Debug>(bytes: &[u8], read: impl Fn(&[u8]) -> T) {
    // Four readings cost four times as much: of so many documents one is enough.
    const ONE_IN: usize = 16;
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if !bytes.len().is_multiple_of(ONE_IN) {
        return;
    }
    // Bytes that may be either are taken for UTF-16: no JSON in UTF-8 begins so.
    let is_plain = !text.starts_with('\u{feff}') && !bytes.iter().take(2).any(|byte| *byte == 0);
    if is_plain {
        let first = read(bytes);
        assert_eq!(first, read(bytes), "the same bytes read the same");
        assert_eq!(first, read(&as_utf16(text)), "UTF-16 reads as UTF-8");
        assert_eq!(first, read(&[b"\xef\xbb\xbf", bytes].concat()), "a byte order mark changes nothing");
    }
}

/// What must hold of any flow that was read.
pub fn whole(reading: &Reading<Flow>, bytes: &[u8]) {
    let flow = &reading.found;
    gaps(&reading.gaps, bytes);
    assert!(flow.operations.len() + flow.references.len() <= bytes.len(), "nothing is made up");
    let written = serde_json::to_string(flow).expect("a flow is written");
    assert!(!written.contains(CANARY), "nothing of what people wrote into their operations is taken");
    assert_eq!(serde_json::from_str::<Flow>(&written).ok().as_ref(), Some(flow), "a flow is read back as it was written");
    let names: HashSet<&str> = flow.operations.iter().map(|operation| operation.name.as_str()).collect();
    assert!(flow.operations.iter().flat_map(|operation| &operation.path).all(|outer| names.contains(outer.as_str())), "what encloses is an operation");
    let keys: HashSet<&str> = flow.references.iter().map(|reference| reference.key.as_str()).collect();
    assert_eq!(keys.len(), flow.references.len(), "a key is declared once");
    let document = read::document(reading);
    let leftover: Vec<&str> = document["leftover"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let used: HashSet<&str> = flow.operations.iter().filter_map(|operation| operation.reference.as_deref()).collect();
    assert_eq!(leftover.len(), keys.difference(&used).count(), "left over is what is declared and not used");
    assert!(leftover.iter().all(|key| !used.contains(key)));
    assert_eq!(document["operations"].as_array().map(Vec::len), Some(flow.operations.len()));
}

/// Flows.
pub fn flow(bytes: &[u8]) {
    let bytes: Cow<[u8]> = document(bytes, shapes::flow);
    match read::flow(&bytes) {
        Ok(reading) => {
            whole(&reading, &bytes);
            in_any_encoding(&bytes, read::flow);
        }
        Err(error) => refused(&error),
    }
}

/// What must hold of connections, wherever they are from.
pub fn sound(connections: &[Connection]) {
    for connection in connections {
        assert!(!connection.id.trim().is_empty(), "a connection has an id");
        for account in [&connection.sign_in, &connection.owner].into_iter().flatten() {
            assert!(account.is_known(), "an account is identified, or none");
        }
    }
}

/// Lists of connections.
pub fn connections(bytes: &[u8]) {
    let bytes = document(bytes, shapes::connections);
    match read::connections(&bytes) {
        Ok(reading) => {
            gaps(&reading.gaps, &bytes);
            sound(&reading.found.list);
            assert!(!reading.found.list.is_empty() || reading.gaps.is_empty(), "a list of something else is refused");
            in_any_encoding(&bytes, read::connections);
        }
        Err(error) => refused(&error),
    }
}

/// The designer's store.
pub fn designer(bytes: &[u8]) {
    let bytes = document(bytes, shapes::designer);
    match read::designer(&bytes) {
        Ok(reading) => {
            gaps(&reading.gaps, &bytes);
            let ids: HashSet<&str> = reading.found.nodes.iter().map(|node| node.id.as_str()).collect();
            assert_eq!(ids.len(), reading.found.nodes.len(), "a node is there once");
            for node in &reading.found.nodes {
                let outer: HashSet<&String> = node.path.iter().collect();
                assert!(outer.len() == node.path.len() && !outer.contains(&node.id), "nothing encloses itself");
                assert!(node.reference.as_deref() != Some(""), "no reference, or a named one");
            }
            in_any_encoding(&bytes, read::designer);
        }
        Err(error) => refused(&error),
    }
}

/// Owners and users.
pub fn people(bytes: &[u8]) {
    let bytes = document(bytes, shapes::people);
    match read::people(&bytes) {
        Ok(reading) => {
            gaps(&reading.gaps, &bytes);
            assert!(reading.found.iter().filter_map(|principal| principal.account.as_ref()).all(connection_lens::model::Account::is_known));
            in_any_encoding(&bytes, read::people);
        }
        Err(error) => refused(&error),
    }
}

/// Rows of Dataverse's references.
pub fn rows(bytes: &[u8]) {
    let bytes = document(bytes, shapes::rows);
    match read::reference_rows(&bytes) {
        Ok(reading) => {
            gaps(&reading.gaps, &bytes);
            assert!(reading.found.iter().all(|row| !row.logical_name.trim().is_empty() && row.connection.as_deref() != Some("")));
            in_any_encoding(&bytes, read::reference_rows);
        }
        Err(error) => refused(&error),
    }
}

/// Lists of flows and of environments.
pub fn lists(bytes: &[u8]) {
    let bytes = document(bytes, shapes::lists);
    match read::flow_list(&bytes) {
        Ok(reading) => {
            gaps(&reading.gaps, &bytes);
            assert!(
                reading.found.iter().all(|flow| flow.id.len() <= 36 && Environment::is_id(&flow.id)),
                "ids, and nothing that could stand in an address as more"
            );
            in_any_encoding(&bytes, read::flow_list);
        }
        Err(error) => refused(&error),
    }
    if let Some(found) = read::environment_list(&bytes) {
        assert!(found.iter().all(|environment| Environment::is_id(&environment.id) && !environment.name.trim().is_empty()));
        in_any_encoding(&bytes, read::environment_list);
    }
}

/// Refusals.
pub fn refusal(bytes: &[u8]) {
    let bytes = document(bytes, shapes::refusal);
    if let Some(refusal) = read::refusal(&bytes) {
        assert!(refusal.wait_seconds.is_none_or(|seconds| seconds.is_finite() && seconds >= 0.0));
        assert!(!refusal.code.trim().is_empty());
        in_any_encoding(&bytes, read::refusal);
    }
}

/// Shapes without values.
pub fn shape(bytes: &[u8]) {
    /// What a shape says of anything that has no fields.
    const TYPES: [&str; 7] = ["text", "number", "flag", "nothing", "deeper", "closed", "<name>"];
    fn check(shape: &Value) {
        match shape {
            Value::String(said) => assert!(said.split(" or ").all(|word| TYPES.contains(&word)), "a type, no value: {said}"),
            Value::Array(rows) => {
                assert!(rows.len() <= 1, "one shape for all rows");
                rows.iter().for_each(check);
            }
            Value::Object(fields) => fields.iter().for_each(|(key, value)| {
                let field = |c: char| c.is_ascii_alphabetic() || "._@$".contains(c);
                assert!(key == "<name>" || key.len() <= 64 && key.chars().all(field), "a field's name: {key}");
                check(value);
            }),
            other => panic!("no shape: {other}"),
        }
    }
    let bytes = document(bytes, shapes::answer);
    if let Some(shape) = read::shape(&bytes) {
        check(&shape);
        assert!(shape.to_string().len() <= 6_000, "as long as a person reads");
        in_any_encoding(&bytes, read::shape);
    }
}
