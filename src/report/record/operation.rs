//! An operation in the record.

use serde::Serialize;

use super::runs_on::{RunsOn, Who};
use crate::audit::{Judged, Places, Unsaved, Verdict, Why, title};
use crate::model::OperationKind;
use crate::words::Words;

/// What is said of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the same as in the audit's verdict")]
pub enum Said {
    AsIntended,
    Mismatch,
    Unknown,
    RunOnly,
    NoConnection,
}

/// Which account of a mismatch is not an intended one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Differs {
    /// The sign-in account.
    pub sign_in: bool,
    /// The owner.
    pub owner: bool,
}

/// An operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OperationRow {
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
    /// What it runs on.
    #[serde(flatten)]
    pub runs_on: RunsOn,
    /// What is said of it.
    pub verdict: Said,
    /// Which account differs, for a mismatch.
    pub differs: Option<Differs>,
    /// Why nothing can be said, where that is so.
    pub why: Option<Why>,
    /// Whether it differs from the saved flow.
    pub unsaved: Unsaved,
    /// Who stood behind it at the first look, where that was somebody else.
    pub before: Option<Who>,
    /// Whether it came after the first look in a name that was to go.
    pub relapse: bool,
    /// Its name as people see it.
    #[serde(skip)]
    pub title: String,
    /// What encloses it, in words.
    #[serde(skip)]
    pub place: Vec<Words>,
}

impl OperationRow {
    pub(super) fn of(judged: &Judged, places: &Places, before: Option<Who>, relapse: bool) -> Self {
        let (verdict, differs, why) = match judged.verdict {
            Verdict::AsIntended => (Said::AsIntended, None, None),
            Verdict::Mismatch { sign_in, owner } => (Said::Mismatch, Some(Differs { sign_in, owner }), None),
            Verdict::Unknown { why } => (Said::Unknown, None, Some(why)),
            Verdict::RunOnly => (Said::RunOnly, None, None),
            Verdict::NoConnection => (Said::NoConnection, None, None),
        };
        Self {
            name: judged.name.clone(),
            kind: judged.kind,
            type_name: judged.type_name.clone(),
            path: judged.path.clone(),
            branch: judged.branch.clone(),
            runs_on: RunsOn::of(judged),
            verdict,
            differs,
            why,
            unsaved: judged.unsaved,
            before,
            relapse,
            title: title(&judged.name),
            place: places.steps(judged),
        }
    }

    /// Who is to blame for a mismatch, else who acts: as in the audit.
    #[must_use]
    pub fn face(&self) -> Option<&Who> {
        let RunsOn { sign_in, owner, .. } = &self.runs_on;
        match self.differs {
            Some(Differs { sign_in: false, owner: true }) => owner.as_ref(),
            _ => sign_in.as_ref().or(owner.as_ref()),
        }
    }

    /// Whether it was put right since the first look.
    #[must_use]
    pub fn is_reassigned(&self) -> bool {
        self.before.is_some() && self.verdict == Said::AsIntended
    }
}
