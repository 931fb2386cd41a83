//! The audit: whatever the facts, its figures add up, each operation has one verdict, and nothing that is used is to be removed.

use std::collections::HashSet;

use connection_lens::audit::{Audit, Checklist, Group, Intent, Judged, Known, Record, StepId, Verdict, checklist, holdings, judge, relapses};
use connection_lens::model::{Connection, Reference};

use crate::draw::Draw;
use crate::facts;

/// What an audit is made from, drawn.
pub struct Drawn {
    flow: Option<connection_lens::model::Flow>,
    designer: Option<connection_lens::model::Designer>,
    connections: Vec<Connection>,
    listed: Option<Vec<String>>,
    picker: Vec<String>,
    signed_in: Option<connection_lens::model::Account>,
    owners: Vec<connection_lens::model::Account>,
    read: bool,
    /// Who should stand behind it.
    pub intent: Intent,
}

impl Drawn {
    /// Draws the facts.
    pub fn new(draw: &mut Draw) -> Self {
        Self {
            flow: draw.maybe(facts::flow),
            designer: if draw.once_in(2) { Some(facts::designer(draw)) } else { None },
            connections: draw.list(6, facts::connection),
            listed: if draw.once_in(2) { Some(draw.list(4, Draw::name)) } else { None },
            picker: draw.list(4, Draw::name),
            signed_in: draw.maybe(facts::account),
            owners: draw.list(2, facts::account),
            read: draw.once_in(2),
            intent: facts::intent(draw),
        }
    }

    /// The facts as the audit takes them.
    #[must_use]
    pub fn known(&self) -> Known<'_> {
        Known {
            saved: self.flow.as_ref(),
            designer: self.designer.as_ref(),
            connections: &self.connections,
            connections_read: self.read,
            listed: self.listed.as_deref(),
            picker: &self.picker,
            signed_in: self.signed_in.as_ref(),
            flow_owners: &self.owners,
        }
    }
}

/// The identities of everything on a checklist, to decide about.
#[must_use]
pub fn items(audit: &Audit, checklist: &Checklist) -> Vec<String> {
    let groups = checklist.groups.iter().chain(&checklist.unknown).map(|group| group.id.clone());
    groups.chain(checklist.needs.iter().map(connection_lens::audit::Need::id)).chain(audit.leftovers.iter().map(|leftover| leftover.id.clone())).collect()
}

/// The audit over arbitrary facts.
pub fn audit(bytes: &[u8]) {
    let mut draw = Draw::new(bytes);
    let drawn = Drawn::new(&mut draw);
    let known = drawn.known();
    let audit = judge(&known, &drawn.intent);
    assert_eq!(audit, judge(&known, &drawn.intent), "the same facts give the same audit");
    adds_up(&known, &audit);
    let bare = Record::default();
    let record = facts::record(&mut draw, &items(&audit, &checklist(&audit, &known, &drawn.intent, &bare)));
    for record in [&bare, &record] {
        in_order(&audit, &checklist(&audit, &known, &drawn.intent, record));
        let relapsed = relapses(&audit, record.first_look.as_ref());
        assert!(relapsed.iter().all(|judged| matches!(judged.verdict, Verdict::Mismatch { .. })), "who relapses is wrong");
    }
    for holding in holdings(&audit, &known) {
        assert!(holding.connections > 1 && holding.used.len() <= holding.connections && holding.used.iter().all(|(_, count)| *count > 0));
    }
}

/// What must hold of every audit.
pub fn adds_up(known: &Known, audit: &Audit) {
    let counts = audit.counts;
    let of = |wanted: fn(&Verdict) -> bool| audit.operations.iter().filter(|judged| wanted(&judged.verdict)).count();
    assert_eq!(counts.operations, audit.operations.len());
    assert_eq!(counts.as_intended, of(|verdict| *verdict == Verdict::AsIntended));
    assert_eq!(counts.mismatch, of(|verdict| matches!(verdict, Verdict::Mismatch { .. })));
    assert_eq!(counts.unknown, of(|verdict| matches!(verdict, Verdict::Unknown { .. })));
    assert_eq!(counts.run_only, of(|verdict| *verdict == Verdict::RunOnly));
    assert_eq!(counts.with_connection, counts.as_intended + counts.mismatch + counts.unknown + counts.run_only);
    assert!(counts.with_connection <= counts.operations && counts.broken <= counts.with_connection);
    let designing = known.designer.filter(|designer| !designer.nodes.is_empty());
    let there = designing.map_or_else(|| known.saved.map_or(0, |flow| flow.operations.len()), |designer| designer.nodes.len());
    assert_eq!(audit.operations.len(), there, "every operation has one verdict");
    let named: HashSet<&str> = match (designing, known.saved) {
        (Some(designer), _) => designer.nodes.iter().map(|node| node.id.as_str()).collect(),
        (None, saved) => saved.into_iter().flat_map(|flow| &flow.operations).map(|operation| operation.name.as_str()).collect(),
    };
    assert_eq!(audit.operations.iter().map(|judged| judged.node.as_str()).collect::<HashSet<_>>(), named, "under the name that it has on the page");
    assert!(audit.operations.iter().all(is_founded));
    nothing_used_is_removable(known, audit);
    let faces = audit.operations.iter().filter(|judged| judged.face().is_some()).count();
    assert_eq!(audit.people.iter().map(|person| person.operations).sum::<usize>(), faces, "each operation counts for one person");
    assert!(audit.people.iter().all(|person| person.mismatches <= person.operations));
}

/// A verdict is about somebody, and a mismatch about somebody who is known.
fn is_founded(judged: &Judged) -> bool {
    let is_known = |account: &Option<connection_lens::model::Account>| account.as_ref().is_some_and(connection_lens::model::Account::is_known);
    match judged.verdict {
        Verdict::AsIntended => is_known(&judged.sign_in) || is_known(&judged.owner),
        Verdict::Mismatch { sign_in, owner } => (sign_in || owner) && (!sign_in || is_known(&judged.sign_in)) && (!owner || is_known(&judged.owner)),
        Verdict::Unknown { .. } => true,
        Verdict::RunOnly => judged.sign_in.is_none() && judged.owner.is_none(),
        Verdict::NoConnection => judged.reference.is_none(),
    }
}

/// Looked up anew, and more widely than the audit does: by any reference with the key in any spelling.
fn nothing_used_is_removable(known: &Known, audit: &Audit) {
    let saved = known.saved.map_or(&[][..], |flow| &flow.references);
    let live = known.designer.map_or(&[][..], |designer| &designer.references);
    let keys = known.saved.into_iter().flat_map(|flow| &flow.operations).map(|operation| operation.reference.as_deref());
    let keys: Vec<&str> = keys.chain(audit.operations.iter().map(|judged| judged.reference.as_deref())).flatten().collect();
    let exactly = |references: &[Reference], key: &str| -> Option<String> {
        let one =
            references.iter().find(|reference| reference.key == key).or_else(|| references.iter().find(|reference| reference.key.eq_ignore_ascii_case(key)));
        one.and_then(|reference| reference.connection.as_ref()).map(|id| id.to_ascii_lowercase())
    };
    let mut used: HashSet<String> = audit.operations.iter().filter_map(|judged| judged.connection.as_deref()).map(str::to_ascii_lowercase).collect();
    used.extend(known.saved.into_iter().flat_map(|flow| &flow.operations).filter_map(|operation| exactly(saved, operation.reference.as_deref()?)));
    used.extend(audit.operations.iter().filter_map(|judged| exactly(live, judged.reference.as_deref()?)));
    let mut ids = HashSet::new();
    for leftover in &audit.leftovers {
        assert!(ids.insert(&leftover.id), "told once: {}", leftover.id);
        assert!(!leftover.evidence.is_empty() && leftover.evidence.iter().all(|evidence| evidence.grade() <= leftover.grade));
        if leftover.is_removable() {
            assert!(!leftover.connection.as_ref().is_some_and(|id| used.contains(&id.to_ascii_lowercase())), "an operation runs on it: {leftover:?}");
            assert!(
                !leftover.reference.as_ref().is_some_and(|key| keys.iter().any(|used| used.eq_ignore_ascii_case(key))),
                "an operation names it: {leftover:?}"
            );
        }
    }
    assert_eq!(audit.counts.leftovers, audit.leftovers.iter().filter(|leftover| leftover.is_removable()).count());
}

fn operations_of(groups: &[Group]) -> usize {
    let mut seen = HashSet::new();
    for group in groups {
        assert!(seen.insert(&group.id), "an item has an identity of its own: {}", group.id);
        assert!(!group.operations.is_empty());
    }
    groups.iter().map(|group| group.operations.len()).sum()
}

/// What must hold of every checklist.
pub fn in_order(audit: &Audit, checklist: &Checklist) {
    let steps: Vec<StepId> = checklist.steps.iter().map(|step| step.id).collect();
    assert!(steps.is_sorted() && steps.len() == 8, "eight steps, in their order: {steps:?}");
    assert_eq!(operations_of(&checklist.groups), audit.counts.mismatch, "each mismatch stands on it once");
    assert_eq!(operations_of(&checklist.unknown), audit.counts.unknown, "so does what isn't known");
    assert_eq!(checklist.leftovers.len() + checklist.dismissed.len(), audit.leftovers.len());
    let open = |groups: &[Group]| groups.iter().any(|group| group.mark.is_none());
    assert!(!(checklist.is_done() && (open(&checklist.groups) || open(&checklist.unknown) || !audit.intent_said)), "not done while something is open");
}
