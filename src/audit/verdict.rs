//! What is said of one operation, and why.

use serde::{Deserialize, Serialize};

use crate::model::{Account, Health, OperationKind};

/// What the audit says of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// Everybody known behind its connection is an intended account, and somebody is known.
    AsIntended,
    /// Somebody known behind its connection is not an intended account.
    Mismatch {
        /// The sign-in account isn't.
        sign_in: bool,
        /// The owner isn't.
        owner: bool,
    },
    /// It can't be said.
    Unknown {
        /// Why not.
        why: Why,
    },
    /// It runs on the connection of whoever runs the flow.
    RunOnly,
    /// It needs no connection.
    NoConnection,
}

/// Why nothing can be said of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Nobody has said who should stand behind it.
    NoIntendedAccount,
    /// Its reference isn't declared in the flow.
    NotDeclared,
    /// Its reference points to no connection here (usual in solutions).
    NoConnectionNamed,
    /// No list of connections has been read yet.
    ConnectionsNotRead,
    /// The lists that were read don't hold its connection: its owner hasn't shared it.
    NotVisible,
    /// The connection names nobody that can be identified.
    NobodyNamed,
}

/// How an operation in the designer differs from the saved flow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsaved {
    /// It doesn't, as far as its connection goes.
    #[default]
    Same,
    /// It isn't saved yet.
    New,
    /// It has another connection than the saved one.
    Rebound,
}

/// An operation with everything the audit knows about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// The id under which the designer's page shows it; its name at the time when the flow was opened.
    pub node: String,
    /// Its key in the definition.
    pub name: String,
    /// Trigger or action.
    pub kind: OperationKind,
    /// `OpenApiConnection`, `If`, …
    #[serde(rename = "type")]
    pub type_name: String,
    /// The names of what encloses it, outermost first.
    pub path: Vec<String>,
    /// Which branch of the innermost enclosing action.
    pub branch: String,
    /// The reference it names.
    pub reference: Option<String>,
    /// Who owns that reference, by name: in a solution it may be somebody else than the connection's owner.
    pub reference_owner: Option<String>,
    /// The connector's id.
    pub connector: Option<String>,
    /// The connector's name as people know it.
    pub connector_name: Option<String>,
    /// The connection's id.
    pub connection: Option<String>,
    /// The connection's label, as people see it in Power Automate.
    pub label: Option<String>,
    /// The account the connection acts as.
    pub sign_in: Option<Account>,
    /// Who created the connection.
    pub owner: Option<Account>,
    /// Whether the connection works.
    pub health: Option<Health>,
    /// Whether it differs from the saved flow.
    pub unsaved: Unsaved,
    /// What is said of it.
    #[serde(flatten)]
    pub verdict: Verdict,
}

impl Judged {
    /// Its name as people see it: the designer shows `_` as a space.
    #[must_use]
    pub fn title(&self) -> String {
        title(&self.name)
    }

    /// Who is to blame for a mismatch, else who acts: the sign-in account before the owner.
    #[must_use]
    pub fn face(&self) -> Option<&Account> {
        match self.verdict {
            Verdict::Mismatch { sign_in: false, owner: true } => self.owner.as_ref(),
            Verdict::Mismatch { .. } | Verdict::AsIntended | Verdict::Unknown { .. } => self.sign_in.as_ref().or(self.owner.as_ref()),
            Verdict::RunOnly | Verdict::NoConnection => None,
        }
    }
}

/// An operation's key as people see it. One that leaves nothing to see is a dash: where a name is missing, what stands below or beside it reads as the name.
#[must_use]
pub fn title(name: &str) -> String {
    let title = name.replace('_', " ");
    if title.trim().is_empty() { "–".to_owned() } else { title }
}
