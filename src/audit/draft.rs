//! The flow as it stands now: the saved operations, with what the designer has changed since laid over them.

use std::collections::HashMap;

use super::{Known, Unsaved};
use crate::model::{Designer, Flow, Node, Operation, OperationKind, Reference, Source};

/// An operation before it is judged.
pub(super) struct Draft {
    pub node: String,
    pub operation: Operation,
    pub unsaved: Unsaved,
}

/// The operations as they stand, in the saved flow's order, new ones last.
pub(super) fn operations(known: &Known) -> Vec<Draft> {
    let saved = known.saved.map_or(&[][..], |flow| &flow.operations);
    let Some(designer) = known.designer.filter(|designer| !designer.nodes.is_empty()) else {
        return saved.iter().map(|operation| Draft { node: operation.name.clone(), operation: operation.clone(), unsaved: Unsaved::Same }).collect();
    };
    // The designer fills its table of references a moment after its nodes: until then it would look as if nothing had a connection.
    let references_ready = designer.nodes.iter().any(|node| node.reference.is_some()) || saved.iter().all(|operation| operation.reference.is_none());
    let mut nodes: Vec<(usize, &Node)> = designer.nodes.iter().enumerate().collect();
    let mut at: HashMap<&str, usize> = HashMap::new();
    for (index, node) in &nodes {
        at.insert(&node.id, *index);
    }
    for (index, node) in &nodes {
        at.insert(&node.name, *index);
    }
    let mut drafts = Vec::new();
    let mut taken = vec![false; nodes.len()];
    for operation in saved {
        let Some(index) = at.get(operation.name.as_str()).copied().filter(|index| !taken.get(*index).copied().unwrap_or(true)) else { continue };
        let Some(node) = designer.nodes.get(index) else { continue };
        if let Some(slot) = taken.get_mut(index) {
            *slot = true;
        }
        drafts.push(overlaid(operation, node, references_ready, known.saved, designer));
    }
    nodes.retain(|(index, _)| !taken.get(*index).copied().unwrap_or(true));
    drafts.extend(nodes.into_iter().map(|(_, node)| Draft { node: node.id.clone(), operation: from_node(node, designer), unsaved: Unsaved::New }));
    drafts
}

fn overlaid(saved: &Operation, node: &Node, references_ready: bool, flow: Option<&Flow>, designer: &Designer) -> Draft {
    let mut operation = Operation { name: node.name.clone(), ..saved.clone() };
    let mut unsaved = Unsaved::Same;
    if references_ready {
        let before =
            saved.reference.as_deref().and_then(|key| flow.and_then(|flow| reference(&flow.references, key))).and_then(|found| found.connection.as_deref());
        let now = node.reference.as_deref().and_then(|key| reference(&designer.references, key)).and_then(|found| found.connection.as_deref());
        let moved = match (before, now) {
            (Some(before), Some(now)) => !before.eq_ignore_ascii_case(now),
            _ => saved.reference != node.reference,
        };
        if moved && designer.unsaved {
            unsaved = Unsaved::Rebound;
        }
        operation.reference.clone_from(&node.reference);
    }
    Draft { node: node.id.clone(), operation, unsaved }
}

fn from_node(node: &Node, designer: &Designer) -> Operation {
    let connector = node
        .reference
        .as_deref()
        .and_then(|key| reference(&designer.references, key))
        .and_then(|found| found.connector.clone())
        .or_else(|| node.connector.clone());
    Operation {
        name: node.name.clone(),
        kind: if node.trigger { OperationKind::Trigger } else { OperationKind::Action },
        type_name: node.type_name.clone().unwrap_or_default(),
        path: node.path.clone(),
        branch: String::new(),
        reference: node.reference.clone(),
        connector: node.reference.is_some().then_some(connector).flatten(),
        invoker: false,
    }
}

/// The references as they stand: the designer's, told apart by key, with what only the saved flow knows of them.
pub(super) fn references(known: &Known) -> Vec<Reference> {
    let saved = known.saved.map_or(&[][..], |flow| &flow.references);
    let Some(designer) = known.designer else { return saved.to_vec() };
    let mut merged: Vec<Reference> = designer
        .references
        .iter()
        .map(|live| {
            let Some(before) = reference(saved, &live.key) else { return live.clone() };
            Reference {
                source: if live.source_as_written.is_some() { live.source } else { before.source },
                connector: live.connector.clone().or_else(|| before.connector.clone()),
                connection: live.connection.clone().or_else(|| before.connection.clone()),
                logical_name: live.logical_name.clone().or_else(|| before.logical_name.clone()),
                owner: before.owner.clone(),
                connector_name: live.connector_name.clone().or_else(|| before.connector_name.clone()),
                ..live.clone()
            }
        })
        .collect();
    merged.extend(saved.iter().filter(|before| reference(&designer.references, &before.key).is_none()).cloned());
    merged
}

/// A reference by its key.
#[must_use]
pub fn reference<'a>(references: &'a [Reference], key: &str) -> Option<&'a Reference> {
    references.iter().find(|reference| reference.key == key).or_else(|| references.iter().find(|reference| reference.key.eq_ignore_ascii_case(key)))
}

/// Whether an operation of this type can't run without a connection.
#[must_use]
pub fn needs_connection(type_name: &str) -> bool {
    let type_name = type_name.to_ascii_lowercase();
    type_name.starts_with("openapiconnection") || type_name.starts_with("apiconnection")
}

/// Whether it runs on the connection of whoever runs the flow.
#[must_use]
pub fn is_run_only(operation: &Operation, reference: Option<&Reference>) -> bool {
    operation.invoker || reference.is_some_and(|reference| reference.source == Source::Invoker)
}
