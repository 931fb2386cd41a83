//! A flow, reduced to what it runs on. Its stored form has short names: there may be thousands of them.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Table;
use crate::audit;
use crate::model::{Flow, FlowForm, FlowKind, Operation, OperationKind, Reference, Source};

/// The names of operations that are kept of one flow, in bytes; the others are counted. Half of all flows have less than 21 operations.
const MOST_OF_NAMES: usize = 4_096;

/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 120;

/// More operations than any flow has that is read.
const MOST_OPERATIONS: usize = 10_000;

/// What stands around the texts of a use where it is stored, in bytes.
const MARKS: usize = 64;

/// By what operations are told apart: reference, connector, run-only, and the type of one that names no reference.
type Alike = (Option<String>, Option<String>, bool, Option<String>);

/// What operations of one flow run on, or what is declared in it and unused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about a reference")]
pub struct Use {
    /// The connection's place in the sweep's table; none where the reference names none.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<u32>,
    /// The connector's id.
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    pub connector: Option<String>,
    /// The connector's name, where the answer carried one.
    #[serde(rename = "kn", default, skip_serializing_if = "Option::is_none")]
    pub connector_name: Option<String>,
    /// How many operations run on it; 0: it is left over.
    #[serde(rename = "n", default, skip_serializing_if = "is_zero")]
    pub operations: usize,
    /// Their names as people see them, as far as they are kept.
    #[serde(rename = "o", default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// They run on the connection of whoever runs the flow.
    #[serde(rename = "r", default, skip_serializing_if = "std::ops::Not::not")]
    pub run_only: bool,
    /// They name a reference.
    #[serde(rename = "f", default, skip_serializing_if = "std::ops::Not::not")]
    pub names_reference: bool,
    /// The reference that they name is declared.
    #[serde(rename = "d", default, skip_serializing_if = "std::ops::Not::not")]
    pub declared: bool,
    /// It was declared among the installed references only.
    #[serde(rename = "i", default, skip_serializing_if = "std::ops::Not::not")]
    pub installed: bool,
    /// An operation that would need a connection and names nothing: its type.
    #[serde(rename = "y", default, skip_serializing_if = "Option::is_none")]
    pub type_name: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Use {
    /// About how many bytes it takes where it is stored.
    pub(super) fn room(&self) -> usize {
        let texts = [&self.connector, &self.connector_name, &self.type_name].into_iter().flatten();
        MARKS + texts.chain(&self.names).map(|text| text.len() + 3).sum::<usize>()
    }
}

/// What kept a flow from being read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The answer's status; 0: no answer.
    #[serde(rename = "s")]
    pub status: u16,
    /// The service's own code, or ours.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl Trouble {
    /// It is larger than anything that is kept.
    pub(super) fn too_large() -> Self {
        Self { status: 0, code: Some("too_large".to_owned()) }
    }
}

/// What a flow held: the connection's place, and whether it was only left over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Held(pub u32, pub bool);

/// How far a flow has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Reach {
    /// It is listed.
    #[default]
    #[serde(rename = "l")]
    Listed,
    /// It was in the sweep before; no list has named it yet.
    #[serde(rename = "k")]
    Known,
    /// It was read, and names a connection that no list has shown: its own picker is to be asked.
    #[serde(rename = "p")]
    Picker,
    /// Nothing is left to ask about it.
    #[serde(rename = "d")]
    Done,
}

/// A flow of the environment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The name people gave it.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `Started`, `Stopped`, …, as the list said.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// When it was last saved, as the service wrote it.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    #[serde(rename = "r", default)]
    pub(super) reach: Reach,
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub(super) tries: Option<u8>,
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub(super) not_before: Option<f64>,
    /// The next page of its picker's list.
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub(super) page: Option<u32>,
    /// When it was read.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub at: Option<f64>,
    /// What it runs on.
    #[serde(rename = "u", default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<Use>,
    /// How much in it could not be read.
    #[serde(rename = "g", default, skip_serializing_if = "is_zero")]
    pub gaps: usize,
    /// Why it could not be read.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
    /// What it held in the sweep before; none: that one didn't read it.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Vec<Held>>,
    /// What it held when this sweep read it, where somebody has opened it since.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Vec<Held>>,
}

impl Entry {
    /// Whether it is one that could have been stored.
    pub(super) fn is_ours(&self) -> bool {
        Flow::is_id(&self.id) && self.uses.iter().all(|used| used.operations <= MOST_OPERATIONS)
    }

    /// Whether nothing is left to ask about it.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.reach == Reach::Done
    }

    /// Nothing more is asked about it.
    pub(super) const fn end(&mut self) {
        (self.reach, self.tries, self.not_before, self.page) = (Reach::Done, None, None, None);
    }

    /// What it holds, in short.
    pub(super) fn held(&self) -> Vec<Held> {
        let held = |used: &Use| used.connection.filter(|_| !used.run_only).map(|connection| Held(connection, used.operations == 0));
        let mut held: Vec<Held> = self.uses.iter().filter_map(held).collect();
        held.sort_unstable();
        held.dedup();
        held
    }

    /// The connections that it names and no answer of this sweep has shown: somebody else's.
    pub(super) fn unseen<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = u32> + 'a {
        self.uses.iter().filter(|used| !used.run_only).filter_map(|used| used.connection).filter(|connection| table.seen(*connection).is_none())
    }

    /// Whether there are any.
    pub(super) fn names_unseen(&self, table: &Table) -> bool {
        self.unseen(table).next().is_some()
    }
}

/// What a flow runs on: its operations by their reference, and the references that none of them names. Nothing that the judge looks at gets lost.
#[must_use]
pub fn reduced(flow: &Flow, place: &mut impl FnMut(&str) -> u32) -> Vec<Use> {
    let mut uses: Vec<Use> = Vec::new();
    let mut at: HashMap<Alike, usize> = HashMap::new();
    let mut room = MOST_OF_NAMES;
    for operation in &flow.operations {
        let reference = operation.reference.as_deref().and_then(|key| audit::reference(&flow.references, key));
        let key = operation.reference.as_deref().map(str::to_ascii_lowercase);
        let run_only = audit::is_run_only(operation, reference);
        let type_name = operation.reference.is_none().then(|| operation.type_name.clone());
        let connector = operation.connector.clone().or_else(|| reference.and_then(|reference| reference.connector.clone()));
        let index = *at.entry((key, connector.clone(), run_only, type_name.clone())).or_insert_with(|| {
            uses.push(Use {
                connection: reference.and_then(|reference| reference.connection.as_deref()).map(&mut *place),
                connector,
                connector_name: reference.and_then(|reference| reference.connector_name.clone()),
                run_only,
                names_reference: operation.reference.is_some(),
                declared: reference.is_some(),
                type_name,
                ..Use::default()
            });
            uses.len() - 1
        });
        let Some(known) = uses.get_mut(index) else { continue };
        known.operations += 1;
        let shown: String = audit::title(&operation.name).chars().take(LONGEST_NAME).collect();
        if operation.reference.is_some() && room >= shown.len() {
            room -= shown.len();
            known.names.push(shown);
        }
    }
    for reference in &flow.references {
        let key = reference.key.to_ascii_lowercase();
        if !flow.operations.iter().any(|operation| operation.reference.as_deref().is_some_and(|named| named.eq_ignore_ascii_case(&key))) {
            uses.push(Use {
                connection: reference.connection.as_deref().map(&mut *place),
                connector: reference.connector.clone(),
                connector_name: reference.connector_name.clone(),
                names_reference: true,
                declared: true,
                installed: reference.installed,
                ..Use::default()
            });
        }
    }
    // What needs no connection is nobody's question.
    uses.retain(|used| used.type_name.as_deref().is_none_or(audit::needs_connection));
    uses
}

/// The flow as the judge takes it: an operation and a reference for each use, in their order.
pub(super) fn whole(uses: &[Use], id_at: impl Fn(u32) -> Option<String>) -> Flow {
    let key = |index: usize| format!("r{index}");
    let operation = |(index, used): (usize, &Use)| Operation {
        name: index.to_string(),
        kind: OperationKind::Action,
        type_name: used.type_name.clone().unwrap_or_else(|| "OpenApiConnection".to_owned()),
        path: Vec::new(),
        branch: String::new(),
        reference: used.names_reference.then(|| key(index)),
        connector: used.connector.clone(),
        invoker: used.run_only,
    };
    let reference = |(index, used): (usize, &Use)| Reference {
        key: key(index),
        connector: used.connector.clone(),
        source: Source::Embedded,
        source_as_written: None,
        connection: used.connection.and_then(&id_at),
        logical_name: None,
        connector_name: used.connector_name.clone(),
        owner: None,
        installed: used.installed,
    };
    Flow {
        form: FlowForm::Api,
        kind: FlowKind::Cloud,
        id: None,
        workflow_id: None,
        environment: None,
        tenant: None,
        display_name: None,
        creator: None,
        role: None,
        modified: None,
        operations: uses.iter().enumerate().filter(|(_, used)| used.operations > 0).map(operation).collect(),
        references: uses.iter().enumerate().filter(|(_, used)| used.declared).map(reference).collect(),
        declares_references: true,
    }
}
