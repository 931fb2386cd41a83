//! The hand-over as steps, in the order in which the work is done. A step is verified only by data; what was ticked by hand stays told apart.

use serde::{Deserialize, Serialize};

use super::{Audit, Grade, Intent, Judged, Known, Leftover, Record, Verdict, judge};
use crate::model::{Connection, Health};

/// The steps, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepId {
    /// Say who should stand behind the flow.
    Intend,
    /// The intended account needs a working connection for each connector that is to change.
    Connect,
    /// Switch the operations to the intended account's connections.
    Reassign,
    /// Save the flow.
    Save,
    /// Nothing embedded in the saved flow is somebody else's.
    Embedded,
    /// Remove the connections not actively in use.
    Leftovers,
    /// Look at co-owners and run-only users.
    People,
    /// Nothing of the former owner is left.
    Done,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum StepState {
    /// The data shows that it is done.
    Verified,
    /// Somebody ticked it; the data can't show it.
    ByHand {
        /// When, in milliseconds since 1970.
        at: f64,
    },
    /// To do now.
    Open,
    /// Only somebody else can do it.
    Waiting,
    /// Comes after another step.
    Later,
}

impl StepState {
    /// Whether nothing remains to be done for it.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Verified | Self::ByHand { .. })
    }
}

/// A step and how far it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Step {
    /// Which.
    pub id: StepId,
    /// How far.
    #[serde(flatten)]
    pub state: StepState,
    /// Whether a person may tick it: where data alone can't tell.
    pub by_hand: bool,
}

/// Operations to change that run on one connection: one visit to the designer's list fixes the first, the others follow.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group<'a> {
    /// The first of them, which stands for what they share: connection, connector, accounts, health.
    pub first: &'a Judged,
    /// All of them, in the flow's order.
    pub operations: Vec<&'a Judged>,
}

/// A connector for which the intended account needs a connection.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Need<'a> {
    /// The connector's id.
    pub connector: &'a str,
    /// An operation that needs it.
    pub example: &'a Judged,
    /// Working connections of an intended account, as far as they are visible here.
    pub ready: Vec<&'a Connection>,
    /// Those that are there and don't work.
    pub broken: Vec<&'a Connection>,
}

/// The checklist.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checklist<'a> {
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// What to reassign, by connection.
    pub groups: Vec<Group<'a>>,
    /// What can't be judged, by connection.
    pub unknown: Vec<Group<'a>>,
    /// The connections that the intended account needs.
    pub needs: Vec<Need<'a>>,
    /// Leftovers still to look at.
    pub leftovers: Vec<&'a Leftover>,
    /// Leftovers that somebody dismissed.
    pub dismissed: Vec<&'a Leftover>,
}

impl Checklist<'_> {
    /// How many steps are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.steps.iter().filter(|step| step.state.is_done()).count()
    }

    /// One step.
    #[must_use]
    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }
}

/// Makes the checklist of an audit and of what people decided.
#[must_use]
pub fn checklist<'a>(audit: &'a Audit, known: &Known<'a>, intent: &Intent, record: &Record) -> Checklist<'a> {
    let groups = grouped(audit, |judged| matches!(judged.verdict, Verdict::Mismatch { .. }));
    let unknown = grouped(audit, |judged| matches!(judged.verdict, Verdict::Unknown { .. }));
    let needs = needs(&groups, known, intent);
    let (dismissed, leftovers): (Vec<_>, Vec<_>) = audit.leftovers.iter().partition(|leftover| record.dismissals.contains_key(&leftover.id));
    let unsaved = known.designer.is_some_and(|designer| designer.unsaved);
    let saved = judge(&Known { designer: None, ..known.clone() }, intent).counts;
    let clean = |mismatch: usize, unknown: usize| audit.intent_said && known.saved.is_some() && mismatch + unknown == 0;
    let reassigned = clean(audit.counts.mismatch, audit.counts.unknown);
    let embedded = clean(saved.mismatch, saved.unknown);
    let nothing_left = leftovers.iter().all(|leftover| leftover.grade == Grade::Hint);

    let mut steps = Vec::new();
    let mut step = |id, verified: bool, by_hand: bool, otherwise: StepState| {
        let ticked = record.ticks.get(&id).filter(|_| by_hand);
        let state = match ticked {
            _ if verified => StepState::Verified,
            Some(at) => StepState::ByHand { at: *at },
            None => otherwise,
        };
        steps.push(Step { id, state, by_hand: by_hand && !verified });
        state
    };
    let after = |done: bool, state: StepState| if done { state } else { StepState::Later };
    step(StepId::Intend, audit.intent_said, false, StepState::Open);
    let missing = needs.iter().any(|need| need.ready.is_empty());
    let there = !missing && (known.connections_read || needs.is_empty());
    step(
        StepId::Connect,
        audit.intent_said && there && unknown.is_empty(),
        true,
        // What can't be judged may need one more; until then there is nothing to do here.
        after(audit.intent_said && (!there || unknown.is_empty()), if missing { StepState::Waiting } else { StepState::Open }),
    );
    step(StepId::Reassign, reassigned, false, after(audit.intent_said, StepState::Open));
    step(StepId::Save, reassigned && !unsaved, false, if unsaved { StepState::Open } else { StepState::Later });
    step(StepId::Embedded, embedded && !unsaved, false, after(reassigned && !unsaved, StepState::Open));
    step(StepId::Leftovers, known.listed.is_some() && nothing_left && audit.intent_said, nothing_left, after(embedded || !nothing_left, StepState::Open));
    step(StepId::People, false, true, after(embedded, StepState::Open));
    let done = steps.iter().all(|step| step.state.is_done());
    steps.push(Step { id: StepId::Done, state: if done { StepState::Verified } else { StepState::Later }, by_hand: false });
    Checklist { steps, groups, unknown, needs, leftovers, dismissed }
}

fn grouped(audit: &Audit, wanted: impl Fn(&Judged) -> bool) -> Vec<Group<'_>> {
    let mut groups: Vec<Group> = Vec::new();
    for judged in audit.operations.iter().filter(|judged| wanted(judged)) {
        let key = |other: &Judged| (other.connection.clone().or_else(|| other.reference.clone()), other.connector.clone());
        match groups.iter_mut().find(|group| key(group.first) == key(judged)) {
            Some(group) => group.operations.push(judged),
            None => groups.push(Group { first: judged, operations: vec![judged] }),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.operations.len()));
    groups
}

fn needs<'a>(groups: &[Group<'a>], known: &Known<'a>, intent: &Intent) -> Vec<Need<'a>> {
    let directory = super::Directory::new(known.connections, known.flow_owners);
    let mut needs: Vec<Need> = Vec::new();
    for group in groups {
        let Some(connector) = group.first.connector.as_deref() else { continue };
        if needs.iter().any(|need| need.connector.eq_ignore_ascii_case(connector)) {
            continue;
        }
        let would_do = |account: Option<&crate::model::Account>| account.is_none_or(|account| intent.allows(account, &directory));
        let theirs = known.connections.iter().filter(|connection| connection.connector.as_deref().is_some_and(|other| other.eq_ignore_ascii_case(connector)));
        let theirs = theirs.filter(|connection| {
            let somebody = connection.sign_in.is_some() || connection.owner.is_some();
            somebody && would_do(connection.sign_in.as_ref()) && (intent.sign_in_alone && connection.sign_in.is_some() || would_do(connection.owner.as_ref()))
        });
        let (broken, mut ready): (Vec<_>, Vec<_>) = theirs.partition(|connection| matches!(connection.health, Health::Broken(_)));
        // Of several that look the same, the one that the flow runs on already: then it stays one.
        let is_referenced = |connection: &Connection| {
            let references = known.saved.map_or(&[][..], |flow| &flow.references);
            references.iter().any(|reference| reference.connection.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(&connection.id)))
        };
        ready.sort_by_key(|connection| !is_referenced(connection));
        needs.push(Need { connector, example: group.first, ready, broken });
    }
    needs
}
