//! A connection: the stored sign-in that a reference points to.

use serde::{Deserialize, Serialize};

use super::Account;

/// Whether a connection works, as the service said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// The service says it is connected.
    Connected,
    /// The service says that it is not, with its own code (`Unauthenticated`, …) where it gave one.
    Broken(Option<String>),
    /// The answer said nothing about it.
    Unknown,
}

/// A stored sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Its id (`name` in the API): 32 hex digits or `shared-<connector>-<GUID>`.
    pub id: String,
    /// The connector it signs in to, e.g. `shared_office365`.
    pub connector: Option<String>,
    /// What people see in the list of connections: may be a mail address, may be anything.
    pub label: Option<String>,
    /// The account it acts as, only where the service gave one that identifies somebody.
    pub sign_in: Option<Account>,
    /// Who created it.
    pub owner: Option<Account>,
    /// Whether it works.
    pub health: Health,
    /// When the stored token ends, as written. The service renews it by itself, so alone it is no finding.
    pub expires: Option<String>,
    /// When the connection was created, as written.
    pub created: Option<String>,
}
