//! What was read, as one document: what the command line's `read` tells.

use serde_json::{Value, json};

use crate::model::{Flow, Reading};

/// The flow as a document: operations, references with who uses them, what is left over, what dangles, and the gaps.
#[must_use]
pub fn document(reading: &Reading<Flow>) -> Value {
    let flow = &reading.found;
    let used_by = |key: &str| {
        flow.operations.iter().filter(|operation| operation.reference.as_deref() == Some(key)).map(|operation| operation.name.as_str()).collect::<Vec<_>>()
    };
    let declared = |key: &str| flow.references.iter().any(|reference| reference.key == key);
    let operations: Vec<Value> = flow
        .operations
        .iter()
        .map(|operation| {
            json!({
                "name": operation.name, "kind": operation.kind, "type": operation.type_name, "path": operation.path, "branch": operation.branch,
                "reference": operation.reference, "connector": operation.connector,
            })
        })
        .collect();
    let references: Vec<Value> = flow
        .references
        .iter()
        .map(|reference| {
            json!({
                "key": reference.key, "connector": reference.connector, "source": reference.source_as_written, "connection": reference.connection,
                "logical_name": reference.logical_name, "used_by": used_by(&reference.key),
            })
        })
        .collect();
    let leftover: Vec<&str> = flow.references.iter().map(|reference| reference.key.as_str()).filter(|key| used_by(key).is_empty()).collect();
    // Where nothing could be declared, nothing dangles.
    let dangling = flow.operations.iter().filter(|_| flow.declares_references);
    let dangling: Vec<Value> = dangling
        .filter_map(|operation| operation.reference.as_deref().filter(|key| !declared(key)).map(|key| json!({"name": operation.name, "reference": key})))
        .collect();
    json!({ "operations": operations, "references": references, "leftover": leftover, "dangling": dangling, "gaps": reading.gaps })
}
