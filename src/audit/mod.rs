//! Who should stand behind what → verdicts, leftovers, checklist. Facts in, judgement out: the same facts give the same audit.

mod checklist;
mod directory;
mod draft;
mod holding;
mod intent;
mod judge;
mod leftover;
mod people;
mod place;
mod record;
mod relapse;
mod rule;
mod uses;
mod verdict;

use serde::Serialize;

pub use checklist::{Checklist, Embedded, Group, Mark, Need, Step, StepId, StepState, checklist};
pub use directory::Directory;
pub use draft::{is_run_only, needs_connection, reference};
pub use holding::{Holding, holdings};
pub use intent::{Choice, Intent, Level, Origin, connector_key};
pub use judge::judge;
pub use leftover::{Evidence, Grade, Leftover};
pub use people::Person;
pub use place::Places;
pub use record::{Acting, Dismissal, Finished, FirstLook, Note, Past, Record, Tick, Was};
pub use relapse::{acting, relapses};
pub use rule::{Fitting, Lock, Rule, Rules};
pub use uses::uses;
pub use verdict::{Judged, Unsaved, Verdict, Why, title};

use crate::model::{Account, Connection, Designer, Flow};

/// Everything known of one flow when it is judged.
#[derive(Debug, Clone, Default)]
pub struct Known<'a> {
    /// The flow as saved.
    pub saved: Option<&'a Flow>,
    /// The designer's state of the same flow.
    pub designer: Option<&'a Designer>,
    /// The connections that any answer showed.
    pub connections: &'a [Connection],
    /// Whether a list of connections was read for this flow or its environment (so that absence says something).
    pub connections_read: bool,
    /// Ids of connections that Power Automate listed on an address of this flow, other than the designer's picker; none while no such list was seen.
    pub listed: Option<&'a [String]>,
    /// Ids of the rows of the flow's own picker list.
    pub picker: &'a [String],
    /// Who is signed in to Power Automate, where known.
    pub signed_in: Option<&'a Account>,
    /// The flow's owners, where an answer named them (object ids).
    pub flow_owners: &'a [Account],
}

/// How many operations have which verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All operations, those without a connection too.
    pub operations: usize,
    /// Those that need a connection.
    pub with_connection: usize,
    /// As intended.
    pub as_intended: usize,
    /// To change.
    pub mismatch: usize,
    /// Not known.
    pub unknown: usize,
    /// On the run-only user's own connection.
    pub run_only: usize,
    /// Connections that don't work, among those in use.
    pub broken: usize,
    /// Leftovers sure enough to be counted.
    pub leftovers: usize,
}

/// What the audit found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Audit {
    /// The figures.
    pub counts: Counts,
    /// Every operation, in the flow's order.
    pub operations: Vec<Judged>,
    /// What nothing uses any more, the surest first.
    pub leftovers: Vec<Leftover>,
    /// Everybody behind an operation, and whoever else holds connections here; most used first.
    pub people: Vec<Person>,
    /// Who can tell what isn't known here: the flow's owners, as far as they are known.
    pub who_can_tell: Vec<Account>,
    /// Whether somebody said who should stand behind the operations: behind each of them that could be compared.
    pub intent_said: bool,
}
