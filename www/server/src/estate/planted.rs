//! What was planted in a flow: what whoever reads it must find.

/// A flow of a large environment, as it was planted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planted {
    /// The flow's id.
    pub id: String,
    /// Its row's id in Dataverse, where it is in a solution.
    pub row: Option<String>,
    /// Its name.
    pub name: String,
    /// In which lists it stands.
    pub listed: Listed,
    /// What comes of reading it.
    pub reads: Reads,
    /// Its state, as services say it: `Started`, `Stopped`, `Suspended`.
    pub state: &'static str,
    /// The connections that it holds, in the order of its references.
    pub holds: Vec<Held>,
    /// How many operations it has that need no connection, those that hold others not counted.
    pub built_in: usize,
}

/// In which lists a flow stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Among the signed-in person's own.
    Mine,
    /// There, and among the shared ones as well: she shares it with others.
    MineAndShared,
    /// Among those that others share with her.
    WithMe,
}

/// What comes of reading a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// The flow.
    Well,
    /// A refusal (403): it is listed, and may not be opened.
    Forbidden,
    /// Nothing (404): it was deleted after the list was made.
    Gone,
}

/// A connection that a flow holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The key of its reference.
    pub key: String,
    /// The connector's id.
    pub connector: &'static str,
    /// The connection's id; empty where it runs on the run-only user's own.
    pub connection: String,
    /// Whether the flow's answer tells that id: in a solution it may stand in Dataverse alone.
    pub is_told: bool,
    /// Whom it is signed in as; empty where nobody can see.
    pub account: &'static str,
    /// Whose it is; empty where nobody can see.
    pub owner: &'static str,
    /// How many operations use it, the trigger counted; none: it is left over.
    pub operations: usize,
    /// Whether the connection works.
    pub works: bool,
}

impl Planted {
    /// The connections signed in as somebody that operations use.
    pub fn used_by<'a>(&'a self, account: &'a str) -> impl Iterator<Item = &'a Held> {
        self.holds.iter().filter(move |held| held.account == account && held.operations > 0)
    }

    /// The connections signed in as somebody that no operation uses.
    pub fn left_of<'a>(&'a self, account: &'a str) -> impl Iterator<Item = &'a Held> {
        self.holds.iter().filter(move |held| held.account == account && held.operations == 0)
    }
}
