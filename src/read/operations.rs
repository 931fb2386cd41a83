//! Triggers and actions, through every container. What is called "actions" inside `inputs` is somebody's data and isn't looked at.

use std::fmt;

use super::error::ReadError;
use super::json::{Json, Object, string};
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

/// Where something stands: written down only where something is wrong with it.
struct Place<'p> {
    above: Option<&'p Place<'p>>,
    /// The last may be empty.
    steps: [&'p str; 2],
}

impl<'p> Place<'p> {
    const fn below(&'p self, steps: [&'p str; 2]) -> Self {
        Self { above: Some(self), steps }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(above) = self.above {
            write!(f, "{above}/")?;
        }
        match self.steps {
            [one, ""] => f.write_str(one),
            [one, other] => write!(f, "{one}/{other}"),
        }
    }
}

impl<'a> Walk<'a> {
    pub fn new(references: &'a [Reference]) -> Self {
        Self { references, operations: Vec::new(), gaps: Vec::new(), around: 0 }
    }

    /// The whole definition: triggers, then actions.
    ///
    /// # Errors
    /// Where it holds more than any flow does. Half a flow would let what the other half uses look unused.
    pub fn definition(&mut self, definition: &Json) -> Walked {
        let mut path = Vec::new();
        self.container(definition.get("triggers"), OperationKind::Trigger, &mut path, "", &Place { above: None, steps: ["triggers", ""] })?;
        self.container(definition.get("actions"), OperationKind::Action, &mut path, "", &Place { above: None, steps: ["actions", ""] })
    }

    fn container(&mut self, container: Option<&Json>, kind: OperationKind, path: &mut Vec<String>, branch: &str, place: &Place) -> Walked {
        match container {
            Some(Json::Object(map)) => self.all(map, kind, path, branch, place)?,
            None | Some(Json::Null) => {}
            Some(_) => self.gap(place, "operations that are no object"),
        }
        Ok(())
    }

    fn all(&mut self, map: &Object, kind: OperationKind, path: &mut Vec<String>, branch: &str, place: &Place) -> Walked {
        at_most(path.len() + usize::from(!map.is_empty()), MOST_DEPTH, "operations within one another")?;
        for (name, operation) in map.iter() {
            short(name)?;
            let place = place.below([name, ""]);
            if !operation.is_object() {
                self.gap(&place, "an operation that is no object");
                continue;
            }
            self.around += branch.len() + path.iter().map(String::len).sum::<usize>();
            at_most(self.around, MOST_OF_NAMES, "bytes of names around operations")?;
            at_most(self.operations.len() + 1, MOST_OPERATIONS, "operations")?;
            self.one(name, operation, kind, path, branch, &place);
            path.push(name.to_owned());
            self.within(operation, path, &place)?;
            path.pop();
        }
        Ok(())
    }

    /// What an operation holds.
    fn within(&mut self, operation: &Json, path: &mut Vec<String>, place: &Place) -> Walked {
        let mut inner = |walk: &mut Self, container, branch: &str, place: &Place| {
            walk.container(container, OperationKind::Action, path, branch, &place.below(["actions", ""]))
        };
        let within = |key: &str| operation.get(key).and_then(|part| part.get("actions"));
        inner(self, operation.get("actions"), "", place)?;
        inner(self, within("else"), "else", &place.below(["else", ""]))?;
        for (group, word) in [("cases", "case"), ("tools", "tool")] {
            for (case, body) in operation.get(group).and_then(Json::as_object).into_iter().flat_map(Object::iter) {
                short(case)?;
                inner(self, body.get("actions"), &format!("{word}:{case}"), &place.below([group, case]))?;
            }
        }
        inner(self, within("default"), "default", &place.below(["default", ""]))
    }

    fn one(&mut self, name: &str, operation: &Json, kind: OperationKind, path: &[String], branch: &str, place: &Place) {
        let type_name = string(operation, "type").unwrap_or_default();
        if type_name.is_empty() {
            self.gap(place, "an operation without a type");
        }
        let named = named(operation);
        if named == Some(Named::Unclear) {
            self.gap(&place.below(["inputs", "host"]), "an expression that doesn't tell which reference is meant");
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

    fn gap(&mut self, place: &Place, what: &str) {
        if self.gaps.len() < MOST_GAPS {
            self.gaps.push(Gap { place: place.to_string(), what: what.to_owned() });
        }
    }
}
