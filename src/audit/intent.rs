//! Who should stand behind a flow's operations: what holds for the flow, and for single connectors where somebody said something else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Directory;
use crate::model::{Account, AccountPattern};

/// How far a saying reaches, from general to special. The more special one decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Every flow.
    Everywhere,
    /// Every flow of an environment.
    Environment,
    /// A connector, in every environment.
    Connector,
    /// A connector in an environment.
    ConnectorHere,
    /// One flow.
    Flow,
}

/// Whose saying decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// How far it reaches.
    pub level: Level,
    /// The organisation said it, by policy.
    pub managed: bool,
}

/// The intended accounts, and how strictly they are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// Any of these is as intended. None: nobody has said yet.
    pub accounts: Vec<AccountPattern>,
    /// The sign-in account alone decides, wherever it is known; the owner may be anybody.
    pub sign_in_alone: bool,
    /// Whose saying it is; none: nobody's, or the command line's.
    pub from: Option<Origin>,
    /// The organisation doesn't leave it to the person.
    pub locked: bool,
}

impl Choice {
    /// Whether somebody said who should stand behind the operations.
    #[must_use]
    pub fn is_said(&self) -> bool {
        !self.accounts.is_empty()
    }

    /// Whether the account is one of the intended ones, under any identity the directory knows for it.
    #[must_use]
    pub fn allows(&self, account: &Account, directory: &Directory) -> bool {
        let known = directory.complete(account);
        self.accounts.iter().any(|pattern| pattern.matches(&known))
    }
}

/// Who should stand behind each operation of a flow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// What holds for every connector that has no choice of its own.
    pub base: Choice,
    /// By the connector's [`connector_key`].
    pub connectors: BTreeMap<String, Choice>,
}

/// A connector's id in the form that compares: policies and people write it with its whole path, services in any case.
#[must_use]
pub fn connector_key(id: &str) -> String {
    id.trim().rsplit('/').next().unwrap_or_default().to_ascii_lowercase()
}

impl Intent {
    /// One saying for all.
    #[must_use]
    pub fn of_all(accounts: Vec<AccountPattern>, sign_in_alone: bool) -> Self {
        Self { base: Choice { accounts, sign_in_alone, ..Choice::default() }, ..Self::default() }
    }

    /// What holds for an operation of this connector.
    #[must_use]
    pub fn of(&self, connector: Option<&str>) -> &Choice {
        connector.and_then(|id| self.connectors.get(&connector_key(id))).unwrap_or(&self.base)
    }

    /// Whether somebody said anything that holds here.
    #[must_use]
    pub fn is_said(&self) -> bool {
        self.base.is_said() || self.connectors.values().any(Choice::is_said)
    }

    /// Whether the account is intended for anything.
    #[must_use]
    pub fn allows_somewhere(&self, account: &Account, directory: &Directory) -> bool {
        self.base.allows(account, directory) || self.connectors.values().any(|choice| choice.allows(account, directory))
    }
}
