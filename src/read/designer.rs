//! The designer's own store, as far as connections go. Its shapes are those of the open-source designer, Azure/LogicAppsUX
//! (`libs/designer/src/lib/core/state`, seen November 2026); Power Automate's build may differ a little.

use std::collections::HashSet;

use super::error::{Kind, ReadError};
use super::json::{self, Json, Object, last_part, string};
use super::limits::{LONGEST_NAME, MOST_DEPTH, MOST_OPERATIONS, at_most, short};
use super::reference;
use crate::model::{Designer, Node, Reading};

/// What stands around a node: operations, and for each a branch's frame.
const MOST_AROUND: usize = 2 * MOST_DEPTH;

/// Reads the slices `connections`, `workflow` and `operations` of the designer's store.
///
/// # Errors
/// Where the bytes are no text, no JSON, too long, too deep, hold no table of connections, or more in it
/// than any flow has.
pub fn designer(bytes: &[u8]) -> Result<Reading<Designer>, ReadError> {
    let text = json::text(bytes)?;
    let store = json::value(&text)?;
    let slice = |slice: &str, field: &str| store.get(slice).and_then(|slice| slice.get(field));
    let mapping = slice("connections", "connectionsMapping").and_then(Json::as_object).ok_or_else(|| ReadError::new(Kind::NotADesigner))?;
    let empty = Object::default();
    let table = |slice_name: &str, field: &str| slice(slice_name, field).and_then(Json::as_object).unwrap_or(&empty);
    let nodes = table("workflow", "nodesMetadata");
    let info = table("operations", "operationInfo");
    let renamed = table("workflow", "idReplacements");
    let mut references = Vec::new();
    let mut gaps = Vec::new();
    if let Some(container) = slice("connections", "connectionReferences") {
        reference::container(container, "connections/connectionReferences", false, &mut references, &mut gaps)?;
    }
    let page = Page { nodes, info };
    let operations = page.operations(mapping);
    at_most(operations.len(), MOST_OPERATIONS, "operations")?;
    nodes.keys().chain(mapping.keys()).try_for_each(short)?;
    let found = operations.into_iter().map(|id| Node {
        name: renamed.get(id).and_then(Json::as_str).filter(|name| !name.is_empty() && name.len() <= LONGEST_NAME).unwrap_or(id).to_owned(),
        reference: mapping.get(id).and_then(Json::as_str).filter(|key| !key.is_empty() && key.len() <= LONGEST_NAME).map(str::to_owned),
        type_name: info.get(id).and_then(|info| string(info, "type")).map(str::to_owned),
        connector: info.get(id).and_then(|info| string(info, "connectorId")).and_then(last_part).map(str::to_owned),
        path: page.path(id),
        trigger: page.is_trigger(id),
        id: id.to_owned(),
    });
    let nodes = found.collect();
    let unsaved = slice("workflow", "isDirty").and_then(Json::as_bool).unwrap_or_default();
    Ok(Reading { found: Designer { nodes, references, unsaved }, gaps })
}

struct Page<'a> {
    nodes: &'a Object<'a>,
    info: &'a Object<'a>,
}

impl<'a> Page<'a> {
    /// The nodes that are operations: everything with a place in the graph that isn't a branch's frame.
    fn operations(&self, mapping: &'a Object<'a>) -> Vec<&'a str> {
        if self.nodes.is_empty() {
            return mapping.keys().collect();
        }
        let known = |id: &&str| self.info.is_empty() || self.info.contains_key(id) || mapping.contains_key(id);
        self.nodes.iter().filter(|(_, node)| node.get("subgraphType").is_none_or(Json::is_null)).map(|(id, _)| id).filter(known).collect()
    }

    /// `isRoot` also marks the first action within each scope: only in the flow's own graph is it the trigger.
    fn is_trigger(&self, id: &str) -> bool {
        let Some(node) = self.nodes.get(id) else { return false };
        let says = |field| node.get(field).and_then(Json::as_bool) == Some(true);
        says("isTrigger") || says("isRoot") && string(node, "graphId") == Some("root")
    }

    /// The operations around a node, outermost first, through the frames of branches.
    fn path(&self, id: &str) -> Vec<String> {
        let mut path = Vec::new();
        let mut seen = HashSet::from([id]);
        let mut at = self.around(id);
        while let Some(outer) = at {
            if !seen.insert(outer) || seen.len() > MOST_AROUND {
                break;
            }
            let frame = self.nodes.get(outer).is_none_or(|node| node.get("subgraphType").is_some_and(|kind| !kind.is_null()));
            if !frame {
                path.push(outer.to_owned());
            }
            at = self.around(outer);
        }
        path.reverse();
        path
    }

    fn around(&self, id: &str) -> Option<&'a str> {
        let node = self.nodes.get(id)?;
        let outer = string(node, "parentNodeId").or_else(|| string(node, "graphId"))?;
        (outer != "root" && outer != id).then_some(outer)
    }
}
