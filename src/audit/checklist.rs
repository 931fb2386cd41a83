//! The hand-over as steps, in the order in which the work is done. A step is verified only by data; what was ticked by hand stays told apart.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{Audit, Dismissal, Grade, Intent, Judged, Known, Leftover, Note, Record, Verdict, judge};
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

impl StepId {
    /// Its stable identity among the items.
    #[must_use]
    pub fn item(self) -> String {
        format!("step:{}", format!("{self:?}").to_ascii_lowercase())
    }
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

/// What somebody decided about an item; the data doesn't show it. Verified items leave the list by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Mark<'a> {
    /// Ticked by hand, at this time.
    ByHand(f64),
    /// It stays as it is, for a reason.
    Dismissed(&'a Dismissal),
}

/// Operations to change that run on one connection: one visit to the designer's list fixes the first, the others follow.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group<'a> {
    /// Its stable identity: `reassign:` or `unknown:`, then the connection's id (else the reference's key) and the connector's.
    pub id: String,
    /// What somebody decided about it, as long as that covers each of its operations.
    pub mark: Option<Mark<'a>>,
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

impl Need<'_> {
    /// Its stable identity.
    #[must_use]
    pub fn id(&self) -> String {
        format!("need:{}", super::connector_key(self.connector))
    }
}

/// A connection of somebody else's that the saved flow still runs on: removing it breaks those operations.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Embedded {
    /// The first operation on it, as saved, which stands for what they share.
    pub first: Judged,
    /// The names of all of them, in the flow's order.
    pub operations: Vec<String>,
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
    /// What the saved flow still runs on though it isn't as intended, by connection.
    pub embedded: Vec<Embedded>,
    /// Leftovers still to look at.
    pub leftovers: Vec<&'a Leftover>,
    /// Leftovers that somebody dismissed.
    pub dismissed: Vec<&'a Leftover>,
    /// Notes by the item's or the step's id.
    pub notes: Vec<(&'a str, &'a Note)>,
}

impl Checklist<'_> {
    /// How many steps are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.steps.iter().filter(|step| step.state.is_done()).count()
    }

    /// Whether every step is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.step(StepId::Done).is_some_and(|step| step.state.is_done())
    }

    /// How many items stay as they are by decision.
    #[must_use]
    pub fn dismissals(&self) -> usize {
        let groups = self.groups.iter().chain(&self.unknown).filter(|group| matches!(group.mark, Some(Mark::Dismissed(_))));
        groups.count() + self.dismissed.len()
    }

    /// The note on an item or a step.
    #[must_use]
    pub fn note(&self, id: &str) -> Option<&Note> {
        self.notes.iter().find(|(known, _)| *known == id).map(|(_, note)| *note)
    }

    /// One step.
    #[must_use]
    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }
}

/// Makes the checklist of an audit and of what people decided.
#[must_use]
pub fn checklist<'a>(audit: &'a Audit, known: &Known<'a>, intent: &Intent, record: &'a Record) -> Checklist<'a> {
    let groups = grouped("reassign", audit, record, |judged| matches!(judged.verdict, Verdict::Mismatch { .. }));
    let unknown = grouped("unknown", audit, record, |judged| matches!(judged.verdict, Verdict::Unknown { .. }));
    let needs = needs(&groups, known, intent);
    let (dismissed, leftovers): (Vec<_>, Vec<_>) = audit.leftovers.iter().partition(|leftover| record.dismissals.contains_key(&leftover.id));
    let unsaved = known.designer.is_some_and(|designer| designer.unsaved);
    let as_saved = if known.designer.is_none() { audit.clone() } else { judge(&Known { designer: None, ..known.clone() }, intent) };
    let saved = as_saved.counts;
    let clean = |mismatch: usize, unknown: usize| audit.intent_said && known.saved.is_some() && mismatch + unknown == 0;
    let reassigned = clean(audit.counts.mismatch, audit.counts.unknown);
    let embedded = clean(saved.mismatch, saved.unknown);
    // Everything that is still to change stays as it is by decision, or was looked at by hand: that is done too, and looks different.
    let decided = decided(groups.iter().chain(&unknown)).filter(|_| audit.intent_said && known.saved.is_some() && !reassigned);
    let nothing_left = leftovers.iter().all(|leftover| leftover.grade == Grade::Hint);

    let mut steps = Vec::new();
    let mut step = |id, verified: bool, by_hand: bool, decided: Option<f64>, otherwise: StepState| {
        let ticked = record.ticks.get(&id).copied().filter(|_| by_hand).or(decided);
        let state = match ticked {
            _ if verified => StepState::Verified,
            Some(at) => StepState::ByHand { at },
            None => otherwise,
        };
        steps.push(Step { id, state, by_hand: by_hand && !verified });
        state
    };
    let after = |done: bool, state: StepState| if done { state } else { StepState::Later };
    step(StepId::Intend, audit.intent_said, false, None, StepState::Open);
    let missing = needs.iter().any(|need| need.ready.is_empty() && !record.items.contains_key(&need.id()));
    let there = !missing && (known.connections_read || needs.is_empty());
    let by_hand = needs.iter().filter(|need| need.ready.is_empty()).filter_map(|need| record.items.get(&need.id())).map(|tick| tick.at);
    let by_hand = by_hand.reduce(f64::max).filter(|_| there);
    step(
        StepId::Connect,
        audit.intent_said && there && by_hand.is_none() && unknown.is_empty(),
        true,
        decided.or(by_hand),
        // What can't be judged may need one more; until then there is nothing to do here.
        after(audit.intent_said && (!there || unknown.is_empty()), if missing { StepState::Waiting } else { StepState::Open }),
    );
    step(StepId::Reassign, reassigned, false, decided, after(audit.intent_said, StepState::Open));
    let settled = reassigned || decided.is_some();
    step(StepId::Save, settled && !unsaved, false, None, if unsaved { StepState::Open } else { StepState::Later });
    step(StepId::Embedded, embedded && !unsaved, false, decided.filter(|_| !unsaved), after(settled && !unsaved, StepState::Open));
    let embedded = embedded || decided.is_some();
    // What stays by decision is done too, and nobody's proof.
    let stay = dismissed
        .iter()
        .filter(|leftover| leftover.grade > Grade::Hint)
        .filter_map(|leftover| record.dismissals.get(&leftover.id))
        .map(|dismissal| dismissal.at);
    let stay = stay.reduce(f64::max).filter(|_| nothing_left && audit.intent_said);
    let none_left = known.listed.is_some() && nothing_left && audit.intent_said && stay.is_none();
    step(StepId::Leftovers, none_left, nothing_left, stay, after(embedded || !nothing_left, StepState::Open));
    step(StepId::People, false, true, None, after(embedded, StepState::Open));
    let done = steps.iter().all(|step| step.state.is_done());
    steps.push(Step { id: StepId::Done, state: if done { StepState::Verified } else { StepState::Later }, by_hand: false });
    let notes = record.notes.iter().map(|(id, note)| (id.as_str(), note)).collect();
    Checklist { steps, groups, unknown, needs, embedded: still_embedded(as_saved), leftovers, dismissed, notes }
}

/// When the last decision was made, where there is one about each group.
fn decided<'a>(groups: impl Iterator<Item = &'a Group<'a>>) -> Option<f64> {
    let mut last = None;
    for group in groups {
        let at = match group.mark? {
            Mark::ByHand(at) => at,
            Mark::Dismissed(dismissal) => dismissal.at,
        };
        last = Some(at.max(last.unwrap_or(at)));
    }
    last
}

fn grouped<'a>(kind: &str, audit: &'a Audit, record: &'a Record, wanted: impl Fn(&Judged) -> bool) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut at: HashMap<String, usize> = HashMap::new();
    for judged in audit.operations.iter().filter(|judged| wanted(judged)) {
        let behind = judged.connection.as_deref().or(judged.reference.as_deref()).unwrap_or_default().to_ascii_lowercase();
        let connector = judged.connector.as_deref().map(super::connector_key).unwrap_or_default();
        // What has one identity is one item: ids that differ in case are one id.
        let id = format!("{kind}:{behind}/{connector}");
        if let Some(group) = at.get(&id).and_then(|at| groups.get_mut(*at)) {
            group.operations.push(judged);
        } else {
            at.insert(id.clone(), groups.len());
            groups.push(Group { id, mark: None, first: judged, operations: vec![judged] });
        }
    }
    for group in &mut groups {
        let covers = |of: &[String]| {
            let of: HashSet<&str> = of.iter().map(String::as_str).collect();
            group.operations.iter().all(|judged| of.contains(judged.name.as_str()))
        };
        let dismissed = record.dismissals.get(&group.id).filter(|dismissal| covers(&dismissal.of)).map(Mark::Dismissed);
        group.mark = dismissed.or_else(|| record.items.get(&group.id).filter(|tick| covers(&tick.of)).map(|tick| Mark::ByHand(tick.at)));
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.operations.len()));
    groups
}

fn still_embedded(saved: Audit) -> Vec<Embedded> {
    let mut embedded: Vec<Embedded> = Vec::new();
    for judged in saved.operations.into_iter().filter(|judged| matches!(judged.verdict, Verdict::Mismatch { .. }) && judged.connection.is_some()) {
        match embedded.iter_mut().find(|known| known.first.connection == judged.connection) {
            Some(known) => known.operations.push(judged.name),
            None => embedded.push(Embedded { operations: vec![judged.name.clone()], first: judged }),
        }
    }
    embedded
}

fn needs<'a>(groups: &[Group<'a>], known: &Known<'a>, intent: &Intent) -> Vec<Need<'a>> {
    let directory = super::Directory::new(known.connections, known.flow_owners);
    let mut needs: Vec<Need> = Vec::new();
    for group in groups {
        let Some(connector) = group.first.connector.as_deref() else { continue };
        if needs.iter().any(|need| need.connector.eq_ignore_ascii_case(connector)) {
            continue;
        }
        let choice = intent.of(Some(connector));
        let would_do = |account: Option<&crate::model::Account>| account.is_none_or(|account| choice.allows(account, &directory));
        let theirs = known.connections.iter().filter(|connection| connection.connector.as_deref().is_some_and(|other| other.eq_ignore_ascii_case(connector)));
        let theirs = theirs.filter(|connection| {
            let somebody = connection.sign_in.is_some() || connection.owner.is_some();
            somebody && would_do(connection.sign_in.as_ref()) && (choice.sign_in_alone && connection.sign_in.is_some() || would_do(connection.owner.as_ref()))
        });
        let (broken, mut ready): (Vec<_>, Vec<_>) = theirs.partition(|connection| matches!(connection.health, Health::Broken(_)));
        // Of several that look the same, the one that the flow runs on already: then it stays one.
        let is_referenced = |connection: &Connection| {
            let references = known.saved.map_or(&[][..], |flow| &flow.references);
            references.iter().any(|reference| reference.connection.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(&connection.id)))
        };
        ready.sort_by_cached_key(|connection| !is_referenced(connection));
        needs.push(Need { connector, example: group.first, ready, broken });
    }
    needs
}
