//! Connections that are to go: what no operation uses any more, and what the saved flow still runs on in somebody else's name.

use serde::Serialize;

use super::runs_on::RunsOn;
use crate::audit::{Dismissal, Embedded, Evidence, Grade, Leftover};
use crate::report::At;

/// A leftover.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftoverRow {
    /// Its stable identity.
    pub id: String,
    /// What it is.
    #[serde(flatten)]
    pub runs_on: RunsOn,
    /// How sure it is.
    pub grade: Grade,
    /// Everything that speaks for it, the strongest first.
    pub evidence: Vec<Evidence>,
    /// Whether its removal is suggested: sure enough, and nothing would break.
    pub removable: bool,
    /// Operations that run on the same connection: removing it would break them.
    pub connection_used_by: Vec<String>,
    /// Why it stays, where somebody says so.
    pub dismissed: Option<Dismissed>,
}

/// Why something stays.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dismissed {
    /// In the person's own words; may be empty.
    pub reason: String,
    /// When.
    pub at: At,
}

/// A connection of somebody else's that the saved flow still runs on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EmbeddedRow {
    /// What it is.
    #[serde(flatten)]
    pub runs_on: RunsOn,
    /// Operations of the saved flow that run on it: removing it would break them.
    pub connection_used_by: Vec<String>,
}

impl LeftoverRow {
    pub(super) fn of(leftover: &Leftover, dismissal: Option<&Dismissal>) -> Self {
        Self {
            id: leftover.id.clone(),
            runs_on: RunsOn::left(leftover),
            grade: leftover.grade,
            evidence: leftover.evidence.clone(),
            removable: leftover.is_removable(),
            connection_used_by: leftover.connection_used_by.clone(),
            dismissed: dismissal.map(|dismissal| Dismissed { reason: dismissal.reason.clone(), at: At(dismissal.at) }),
        }
    }
}

impl EmbeddedRow {
    pub(super) fn of(embedded: &Embedded) -> Self {
        Self { runs_on: RunsOn::of(&embedded.first), connection_used_by: embedded.operations.clone() }
    }
}
