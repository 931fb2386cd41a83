//! Triggers and actions, through every container. What is called "actions" inside `inputs` is somebody's data and isn't looked at.

use serde_json::{Map, Value};

use super::error::ReadError;
use super::json::string;
use super::key::{Named, asks_for_run_only_user, named, own_connector};
use super::limits::{MOST_DEPTH, MOST_GAPS, MOST_OF_NAMES, MOST_OPERATIONS, at_most, short};
use super::matching::matched;
use crate::model::{Gap, Operation, OperationKind, Reference};

/// The walk through a definition. Its recursion is bounded by the depth of the parsed document, what it gathers by `limits`.
pub(super) struct Walk<'a> {
    references: &'a [Reference],
    pub operations: Vec<Operation>,
    pub gaps: Vec<Gap>,
    /// What the names around the operations come to so far, in bytes.
    around: usize,
}

type Walked = Result<(), ReadError>;

impl<'a> Walk<'a> {
    pub fn new(references: &'a [Reference]) -> Self {
        Self { references, operations: Vec::new(), gaps: Vec::new(), around: 0 }
    }

    /// The whole definition: triggers, then actions.
    ///
    /// # Errors
    /// Where it holds more than any flow does. Half a flow would let what the other half uses look unused.
    pub fn definition(&mut self, definition: &Value) -> Walked {
        self.container(definition.get("triggers"), OperationKind::Trigger, &[], "", "triggers")?;
        self.container(definition.get("actions"), OperationKind::Action, &[], "", "actions")
    }

    fn container(&mut self, container: Option<&Value>, kind: OperationKind, path: &[String], branch: &str, place: &str) -> Walked {
        match container {
            Some(Value::Object(map)) => self.all(map, kind, path, branch, place)?,
            None | Some(Value::Null) => {}
            Some(_) => self.gap(place, "operations that are no object"),
        }
        Ok(())
    }

    fn all(&mut self, map: &Map<String, Value>, kind: OperationKind, path: &[String], branch: &str, place: &str) -> Walked {
        at_most(path.len() + usize::from(!map.is_empty()), MOST_DEPTH, "operations within one another")?;
        for (name, operation) in map {
            short(name)?;
            let place = format!("{place}/{name}");
            if !operation.is_object() {
                self.gap(&place, "an operation that is no object");
                continue;
            }
            self.around += branch.len() + path.iter().map(String::len).sum::<usize>();
            at_most(self.around, MOST_OF_NAMES, "bytes of names around operations")?;
            at_most(self.operations.len() + 1, MOST_OPERATIONS, "operations")?;
            self.one(name, operation, kind, path, branch, &place);
            let path: Vec<String> = path.iter().cloned().chain([name.clone()]).collect();
            let mut inner = |container: Option<&Value>, branch: &str, step: &str| {
                self.container(container, OperationKind::Action, &path, branch, &format!("{place}/{step}"))
            };
            let within = |key: &str| operation.get(key).and_then(|part| part.get("actions"));
            inner(operation.get("actions"), "", "actions")?;
            inner(within("else"), "else", "else/actions")?;
            for (group, word) in [("cases", "case"), ("tools", "tool")] {
                for (case, body) in operation.get(group).and_then(Value::as_object).into_iter().flatten() {
                    short(case)?;
                    inner(body.get("actions"), &format!("{word}:{case}"), &format!("{group}/{case}/actions"))?;
                }
            }
            inner(within("default"), "default", "default/actions")?;
        }
        Ok(())
    }

    fn one(&mut self, name: &str, operation: &Value, kind: OperationKind, path: &[String], branch: &str, place: &str) {
        let type_name = string(operation, "type").unwrap_or_default();
        if type_name.is_empty() {
            self.gap(place, "an operation without a type");
        }
        let named = named(operation);
        if named == Some(Named::Unclear) {
            self.gap(&format!("{place}/inputs/host"), "an expression that doesn't tell which reference is meant");
        }
        let reference = named.and_then(|named| matched(&named, self.references));
        let declared = reference.as_deref().and_then(|key| self.references.iter().find(|reference| reference.key == key));
        // What the operation itself says goes first: AI Builder's operations run on a Dataverse reference.
        let own = reference.as_ref().and_then(|_| own_connector(operation));
        let connector = own.map(str::to_owned).or_else(|| declared.and_then(|reference| reference.connector.clone()));
        self.operations.push(Operation {
            name: name.to_owned(),
            kind,
            type_name: type_name.to_owned(),
            path: path.to_vec(),
            branch: branch.to_owned(),
            reference,
            connector,
            invoker: asks_for_run_only_user(operation),
        });
    }

    fn gap(&mut self, place: &str, what: &str) {
        if self.gaps.len() < MOST_GAPS {
            self.gaps.push(Gap { place: place.to_owned(), what: what.to_owned() });
        }
    }
}
