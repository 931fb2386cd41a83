//! The checklist in the record: its steps, its items, and what was decided about them by hand.

use serde::Serialize;

use super::runs_on::RunsOn;
use crate::audit::{Checklist, Group, Mark, Need, Record, Step, StepId, StepState};
use crate::model::connector_name;
use crate::report::At;

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StateWord {
    /// The data shows that it is done.
    Verified,
    /// Somebody ticked the step.
    ByHand,
    /// Somebody decided about its items: ticked them, or said that they stay.
    Decided,
    /// To do now.
    Open,
    /// Only somebody else can do it.
    Waiting,
    /// Comes after another step.
    Later,
}

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StepRow {
    /// Which.
    pub id: StepId,
    /// How far it is.
    pub state: StateWord,
    /// When somebody ticked it, or decided the last of its items.
    pub at: Option<At>,
}

/// How an item was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Somebody looked at it, and ticked it; the data doesn't show it.
    ByHand,
    /// It stays as it is.
    Stays,
}

/// What somebody decided about an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decided {
    /// How.
    pub how: How,
    /// Why, in the person's own words; none where nothing was written.
    pub reason: Option<String>,
    /// When.
    pub at: At,
}

/// What a group's operations have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// They are to change.
    Reassign,
    /// They can't be judged.
    Unknown,
}

/// Operations to change, or not known, that run on one connection: an item of the checklist.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupRow {
    /// Its stable identity.
    pub id: String,
    /// To change, or not known.
    pub kind: GroupKind,
    /// What they run on.
    #[serde(flatten)]
    pub runs_on: RunsOn,
    /// Their names, in the flow's order.
    pub operations: Vec<String>,
    /// What somebody decided; none: it is open.
    pub decided: Option<Decided>,
}

/// A connection that an intended account needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NeedRow {
    /// Its stable identity.
    pub id: String,
    /// The connector's id.
    pub connector: String,
    /// The connector's name as people know it.
    pub connector_name: String,
    /// The operations that are to run on it.
    pub operations: Vec<String>,
    /// How many working ones are visible.
    pub ready: usize,
    /// How many are there and don't work.
    pub broken: usize,
    /// That somebody said it is there, where the data doesn't show it.
    pub decided: Option<Decided>,
}

impl StepRow {
    pub(super) fn of(step: &Step, record: &Record) -> Self {
        let (state, at) = match step.state {
            StepState::Verified => (StateWord::Verified, None),
            StepState::ByHand { at } if record.ticks.contains_key(&step.id) => (StateWord::ByHand, Some(At(at))),
            StepState::ByHand { at } => (StateWord::Decided, Some(At(at))),
            StepState::Open => (StateWord::Open, None),
            StepState::Waiting => (StateWord::Waiting, None),
            StepState::Later => (StateWord::Later, None),
        };
        Self { id: step.id, state, at }
    }

    /// Whether something remains to be done for it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.state, StateWord::Verified | StateWord::ByHand | StateWord::Decided)
    }
}

impl Decided {
    fn of(mark: Mark) -> Self {
        match mark {
            Mark::ByHand(at) => Self { how: How::ByHand, reason: None, at: At(at) },
            Mark::Dismissed(dismissal) => {
                let reason = Some(dismissal.reason.trim().to_owned()).filter(|reason| !reason.is_empty());
                Self { how: How::Stays, reason, at: At(dismissal.at) }
            }
        }
    }
}

/// What to reassign, then what isn't known.
pub(super) fn groups(checklist: &Checklist) -> Vec<GroupRow> {
    let row = |group: &Group, kind| GroupRow {
        id: group.id.clone(),
        kind,
        runs_on: RunsOn::of(group.first),
        operations: group.operations.iter().map(|judged| judged.name.clone()).collect(),
        decided: group.mark.map(Decided::of),
    };
    let reassign = checklist.groups.iter().map(|group| row(group, GroupKind::Reassign));
    reassign.chain(checklist.unknown.iter().map(|group| row(group, GroupKind::Unknown))).collect()
}

pub(super) fn need(need: &Need, checklist: &Checklist, record: &Record) -> NeedRow {
    let same = |group: &&Group| group.first.connector.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(need.connector));
    let operations = checklist.groups.iter().filter(same).flat_map(|group| &group.operations);
    // What the data shows needs nobody's word.
    let tick = record.items.get(&need.id()).filter(|_| need.ready.is_empty());
    NeedRow {
        id: need.id(),
        connector: need.connector.to_owned(),
        connector_name: connector_name(Some(need.connector), need.example.connector_name.as_deref()),
        operations: operations.map(|judged| judged.name.clone()).collect(),
        ready: need.ready.len(),
        broken: need.broken.len(),
        decided: tick.map(|tick| Decided::of(Mark::ByHand(tick.at))),
    }
}
