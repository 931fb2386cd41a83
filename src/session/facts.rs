//! What was read of one flow, and of one environment's connections.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::model::{Account, Connection, Designer, Flow, Gap, ReferenceRow};
use crate::portal;
use crate::protocol::Asked;

/// Where something was read, for people who ask how we know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// When, in milliseconds since 1970.
    pub at: f64,
    /// The address with every id replaced.
    pub source: String,
    /// Whether we asked for it; else the page loaded it by itself.
    pub asked: bool,
}

/// The flow as saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// The flow.
    pub flow: Flow,
    /// What in it could not be read.
    pub gaps: Vec<Gap>,
    /// Where it was read.
    pub seen: Seen,
    /// True once somebody saved after it was read: it is the version before, until the new one is read.
    pub old: bool,
}

/// The designer as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Live {
    /// Its state.
    pub designer: Designer,
    /// When it was read.
    pub at: f64,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trouble {
    /// What was wanted.
    pub what: Asked,
    /// The answer's status; 0: no answer.
    pub status: u16,
    /// The service's own code, or what kept the request from being made.
    pub code: Option<String>,
    /// The seconds that the service asked to wait.
    pub wait: Option<f64>,
    /// When.
    pub at: f64,
}

/// How often something was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tries {
    pub made: u32,
    pub waiting: bool,
}

/// Everything read of one flow.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The flow's id in the address.
    pub id: String,
    /// Its environment.
    pub environment: String,
    /// As saved.
    pub saved: Option<Saved>,
    /// As the designer holds it.
    pub live: Option<Live>,
    /// Ids of the rows of its picker list.
    pub picker: Option<Vec<String>>,
    /// Where the picker list was read.
    pub picker_seen: Option<Seen>,
    /// Ids that Power Automate listed on another address of this flow, in the shape of connections.
    pub listed: Option<Vec<String>>,
    /// Where that list was read.
    pub listed_seen: Option<Seen>,
    /// The file that it was read from, where that is no page of Power Automate.
    pub file: Option<String>,
    /// The flow's owners.
    pub owners: Vec<Account>,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
    pub(super) tries: BTreeMap<Asked, Tries>,
}

impl Facts {
    /// Whether an id of an address or an answer means this flow: by its own id or by that of its Dataverse row.
    #[must_use]
    pub fn is(&self, id: &str) -> bool {
        let row = self.saved.as_ref().and_then(|saved| saved.flow.workflow_id.as_deref());
        let own = self.saved.as_ref().and_then(|saved| saved.flow.id.as_deref());
        [Some(self.id.as_str()), row, own].into_iter().flatten().any(|known| known.eq_ignore_ascii_case(id))
    }

    /// The trouble with one of the readings, if the last attempt failed.
    #[must_use]
    pub fn trouble(&self, what: Asked) -> Option<&Trouble> {
        self.troubles.iter().find(|trouble| trouble.what == what)
    }

    /// What the solution's rows say about references of which the flow names only the logical name.
    pub(super) fn resolve(&mut self, rows: &[ReferenceRow]) {
        let Some(saved) = &mut self.saved else { return };
        for reference in &mut saved.flow.references {
            let same = |row: &&ReferenceRow| reference.logical_name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(&row.logical_name));
            let Some(row) = rows.iter().find(same) else { continue };
            // The row is the truth of a solution; what a flow's answer repeats of it may be older.
            if row.connection.is_some() {
                reference.connection.clone_from(&row.connection);
            }
            reference.connector = reference.connector.take().or_else(|| row.connector.clone());
            reference.owner.clone_from(&row.owner);
        }
    }

    /// Takes in ids of the picker's list, each once: an answer may come again and again.
    pub(super) fn pick(&mut self, ids: Vec<String>) {
        let picker = self.picker.get_or_insert_default();
        let known: HashSet<String> = picker.iter().cloned().collect();
        picker.extend(ids.into_iter().filter(|id| !known.contains(id)));
        picker.truncate(MOST_CONNECTIONS);
    }

    pub(super) fn answered(&mut self, what: Asked) {
        self.troubles.retain(|trouble| trouble.what != what);
        self.tries.insert(what, Tries::default());
    }

    pub(super) fn failed(&mut self, trouble: Trouble) {
        self.tries.entry(trouble.what).or_default().waiting = false;
        // A refused token is forgotten, and there is none until the page uses another: what is wrong is still that it was refused.
        if trouble.code.as_deref() == Some("no_token") && self.trouble(trouble.what).is_some_and(|known| known.status == 401) {
            return;
        }
        self.troubles.retain(|known| known.what != trouble.what);
        self.troubles.push(trouble);
    }

    /// Whether the designer's state is this flow's. After a change of address without a load the store may still hold the flow before:
    /// then only a good overlap with the saved flow's operations tells.
    pub(super) fn designer(&self, moved: bool) -> Option<&Designer> {
        let live = &self.live.as_ref()?.designer;
        let Some(saved) = &self.saved else { return (!moved).then_some(live) };
        let saved = &saved.flow.operations;
        let nodes: HashSet<&str> = live.nodes.iter().flat_map(|node| [node.name.as_str(), node.id.as_str()]).collect();
        let shared = saved.iter().filter(|operation| nodes.contains(operation.name.as_str())).count();
        (shared * 2 >= saved.len().min(live.nodes.len())).then_some(live)
    }
}

/// The connections remembered of one environment: several pages of a long list.
const MOST_CONNECTIONS: usize = 5_000;

/// The addresses remembered from which connections were read. The ids are taken out of them, so a portal has a handful.
const MOST_ORIGINS: usize = 32;

/// The connections seen in one environment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Pool {
    /// The environment, in the form of its host's name.
    pub environment: String,
    /// The connections.
    pub connections: Vec<Connection>,
    /// Where the environment's own list was read to its end.
    pub seen: Option<Seen>,
    /// What solutions' references point to, as far as their rows were read.
    pub references: Vec<ReferenceRow>,
    /// Where connections were read: the newest answer of each address.
    pub(super) origins: Vec<Seen>,
    /// By the connection's id: which of the origins told of it last.
    pub(super) told_by: BTreeMap<String, usize>,
}

impl Pool {
    /// Takes in rows of solutions' references; the newer is right.
    pub(super) fn take_references(&mut self, rows: Vec<ReferenceRow>) {
        for row in rows {
            self.references.retain(|known| !known.logical_name.eq_ignore_ascii_case(&row.logical_name));
            self.references.push(row);
        }
        let too_many = self.references.len().saturating_sub(MOST_CONNECTIONS);
        self.references.drain(..too_many);
    }

    /// Whether so many connections were seen that some may have been let go.
    pub(super) fn is_full(&self) -> bool {
        self.connections.len() >= MOST_CONNECTIONS
    }

    /// Where a connection was read last.
    #[must_use]
    pub fn origin(&self, connection: &str) -> Option<&Seen> {
        self.told_by.get(&connection.to_ascii_lowercase()).and_then(|origin| self.origins.get(*origin))
    }

    /// Takes in what an answer showed; the newer answer is right about a connection.
    pub(super) fn take(&mut self, connections: Vec<Connection>, seen: &Seen) -> Vec<String> {
        let same = self.origins.iter().position(|known| known.source == seen.source && known.asked == seen.asked);
        let origin = same.unwrap_or(self.origins.len());
        match self.origins.get_mut(origin) {
            Some(known) => known.at = seen.at,
            None if origin < MOST_ORIGINS => self.origins.push(seen.clone()),
            // Where such a connection was read isn't remembered; it is judged all the same.
            None => {}
        }
        self.told_by.extend(connections.iter().map(|connection| (connection.id.to_ascii_lowercase(), origin)));
        let mut ids = Vec::with_capacity(connections.len());
        let mut at: HashMap<String, usize> = self.connections.iter().enumerate().map(|(at, known)| (known.id.to_ascii_lowercase(), at)).collect();
        for connection in connections {
            ids.push(connection.id.clone());
            let key = connection.id.to_ascii_lowercase();
            if let Some(known) = at.get(&key).and_then(|at| self.connections.get_mut(*at)) {
                *known = connection;
            } else {
                at.insert(key, self.connections.len());
                self.connections.push(connection);
            }
        }
        let too_many = self.connections.len().saturating_sub(MOST_CONNECTIONS);
        for gone in self.connections.drain(..too_many) {
            self.told_by.remove(&gone.id.to_ascii_lowercase());
        }
        ids
    }
}

/// One name for an environment, however an address wrote it.
#[must_use]
pub(super) fn environment_key(environment: &str) -> String {
    portal::environment_name(environment)
}
