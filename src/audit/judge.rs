//! The verdicts.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};

use super::draft::{self, Draft};
use super::{Audit, Choice, Counts, Directory, Evidence, Intent, Judged, Known, Leftover, Verdict, Why, people, uses};
use crate::model::{Account, Connection, Health, Operation, Reference};

/// Judges everything known of a flow against what is intended.
#[must_use]
pub fn judge(known: &Known, intent: &Intent) -> Audit {
    let others = known.saved.and_then(|flow| flow.creator.as_ref()).into_iter().chain(known.flow_owners).chain(known.signed_in);
    let bench = Bench {
        known,
        intent,
        directory: Directory::new(known.connections, others),
        references: draft::references(known),
        connections: known.connections.iter().map(|connection| (connection.id.to_ascii_lowercase(), Behind::of(connection))).collect(),
    };
    let operations: Vec<Judged> = draft::operations(known).into_iter().map(|draft| bench.judged(draft)).collect();
    let leftovers = bench.leftovers(&operations);
    let counts = counts(&operations, &leftovers);
    let people = people::behind(&operations, known.connections, intent, &bench.directory);
    let who_can_tell = bench.who_can_tell();
    let nobody_said = |judged: &Judged| judged.verdict == Verdict::Unknown { why: Why::NoIntendedAccount };
    let intent_said = intent.is_said() && !operations.iter().any(nobody_said);
    Audit { counts, operations, leftovers, people, who_can_tell, intent_said }
}

struct Bench<'a> {
    known: &'a Known<'a>,
    intent: &'a Intent,
    directory: Directory,
    references: Vec<Reference>,
    connections: HashMap<String, Behind<'a>>,
}

/// A connection with what is found out about it at the first operation that runs on it, and is the same for all others.
struct Behind<'a> {
    connection: &'a Connection,
    people: OnceCell<[Option<Account>; 2]>,
    differs: RefCell<Vec<(&'a Choice, Differs)>>,
}

/// Whether sign-in account and owner differ from what is intended; none: nobody is known there.
type Differs = (Option<bool>, Option<bool>);

impl<'a> Behind<'a> {
    const fn of(connection: &'a Connection) -> Self {
        Self { connection, people: OnceCell::new(), differs: RefCell::new(Vec::new()) }
    }

    /// Sign-in account and owner, with everything known of them.
    fn people(&self, directory: &Directory) -> &[Option<Account>; 2] {
        self.people
            .get_or_init(|| [&self.connection.sign_in, &self.connection.owner].map(|account| account.as_ref().map(|account| directory.complete(account))))
    }

    fn differs(&self, choice: &'a Choice, directory: &Directory) -> Differs {
        let known = self.differs.borrow().iter().find(|(known, _)| std::ptr::eq(*known, choice)).map(|(_, differs)| *differs);
        known.unwrap_or_else(|| {
            let differs = |account: Option<&Account>| account.filter(|account| account.is_known()).map(|account| !choice.allows(account, directory));
            let differs = (differs(self.connection.sign_in.as_ref()), differs(self.connection.owner.as_ref()));
            self.differs.borrow_mut().push((choice, differs));
            differs
        })
    }
}

impl<'a> Bench<'a> {
    fn judged(&self, draft: Draft) -> Judged {
        let operation = draft.operation;
        let reference = operation.reference.as_deref().and_then(|key| draft::reference(&self.references, key));
        let connection_id = reference.and_then(|reference| reference.connection.clone());
        let connection = connection_id.as_deref().and_then(|id| self.behind(id));
        let run_only = draft::is_run_only(&operation, reference);
        // A run-only reference may still name the connection that the maker tried it with: nobody acts through that one.
        let shown = connection.filter(|_| !run_only);
        let people = shown.map(|behind| behind.people(&self.directory));
        Judged {
            node: draft.node,
            verdict: self.verdict(&operation, reference, connection),
            kind: operation.kind,
            type_name: operation.type_name,
            path: operation.path,
            branch: operation.branch,
            connector_name: reference.and_then(|reference| reference.connector_name.clone()),
            connector: operation.connector.or_else(|| reference.and_then(|reference| reference.connector.clone())),
            name: operation.name,
            reference_owner: reference.and_then(|reference| reference.owner.clone()),
            reference: operation.reference,
            connection: connection_id,
            label: shown.and_then(|behind| behind.connection.label.clone()),
            sign_in: people.and_then(|[sign_in, _]| sign_in.clone()),
            owner: people.and_then(|[_, owner]| owner.clone()),
            health: shown.map(|behind| behind.connection.health.clone()),
            unsaved: draft.unsaved,
        }
    }

    fn behind(&self, id: &str) -> Option<&Behind<'a>> {
        self.connections.get(&id.to_ascii_lowercase())
    }

    fn connection(&self, id: &str) -> Option<&'a Connection> {
        self.behind(id).map(|behind| behind.connection)
    }

    fn verdict(&self, operation: &Operation, reference: Option<&Reference>, behind: Option<&Behind<'a>>) -> Verdict {
        if operation.reference.is_none() && !draft::needs_connection(&operation.type_name) {
            return Verdict::NoConnection;
        }
        if draft::is_run_only(operation, reference) {
            return Verdict::RunOnly;
        }
        let unknown = |why| Verdict::Unknown { why };
        let Some(reference) = reference else {
            return unknown(if operation.reference.is_some() { Why::NotDeclared } else { Why::NoConnectionNamed });
        };
        if reference.connection.is_none() {
            return unknown(Why::NoConnectionNamed);
        }
        let Some(behind) = behind else {
            return unknown(if self.known.connections_read { Why::NotVisible } else { Why::ConnectionsNotRead });
        };
        let connector = operation.connector.as_deref().or(reference.connector.as_deref()).or(behind.connection.connector.as_deref());
        let choice = self.intent.of(connector);
        if !choice.is_said() {
            return unknown(Why::NoIntendedAccount);
        }
        match behind.differs(choice, &self.directory) {
            (None, None) => unknown(Why::NobodyNamed),
            (Some(sign_in), _) if choice.sign_in_alone => {
                if sign_in {
                    Verdict::Mismatch { sign_in, owner: false }
                } else {
                    Verdict::AsIntended
                }
            }
            (sign_in, owner) => match (sign_in.unwrap_or(false), owner.unwrap_or(false)) {
                (false, false) => Verdict::AsIntended,
                (sign_in, owner) => Verdict::Mismatch { sign_in, owner },
            },
        }
    }

    /// Everything declared or listed that no operation uses, neither as saved nor as it stands in the designer.
    fn leftovers(&self, now: &[Judged]) -> Vec<Leftover> {
        let saved = self.known.saved.map_or(&[][..], |flow| &flow.operations);
        let used_keys: HashSet<String> = saved
            .iter()
            .map(|operation| operation.reference.as_deref())
            .chain(now.iter().map(|judged| judged.reference.as_deref()))
            .flatten()
            .map(str::to_ascii_lowercase)
            .collect();
        let used_by = uses(now, self.known.saved);
        let mut found = Found::default();
        for reference in
            self.known.saved.map_or(&[][..], |flow| &flow.references).iter().filter(|reference| !used_keys.contains(&reference.key.to_ascii_lowercase()))
        {
            let evidence = if reference.installed { Evidence::InstalledUnused } else { Evidence::ReferenceUnused };
            self.add(&mut found, reference.connection.as_deref(), Some(reference), evidence, &used_by);
        }
        let unused = |id: &&String| !used_by.contains_key(&id.to_ascii_lowercase());
        for id in self.known.listed.unwrap_or_default().iter().filter(unused) {
            self.add(&mut found, Some(id), None, Evidence::Listed, &used_by);
        }
        for id in self.known.picker.iter().filter(unused).filter(|id| self.is_somebody_elses(id)) {
            self.add(&mut found, Some(id), None, Evidence::OthersInPicker, &used_by);
        }
        let mut found = found.leftovers;
        found.sort_by_key(|leftover| std::cmp::Reverse((leftover.is_removable(), leftover.grade)));
        found
    }

    fn add(&self, found: &mut Found, id: Option<&str>, reference: Option<&Reference>, evidence: Evidence, used_by: &HashMap<String, Vec<String>>) {
        let key = id.map(str::to_ascii_lowercase);
        let known = key.as_ref().and_then(|key| found.at.get(key)).and_then(|at| found.leftovers.get_mut(*at));
        if let Some(known) = known {
            if !known.evidence.contains(&evidence) {
                known.evidence.push(evidence);
                known.evidence.sort_by_key(|evidence| std::cmp::Reverse(evidence.grade()));
            }
            known.grade = known.grade.max(evidence.grade());
            return;
        }
        let connection = id.and_then(|id| self.connection(id));
        let identity = match (id, reference) {
            (Some(id), _) => format!("connection:{}", id.to_ascii_lowercase()),
            (None, Some(reference)) => format!("reference:{}", reference.key),
            (None, None) => return,
        };
        if let Some(key) = key {
            found.at.insert(key, found.leftovers.len());
        }
        found.leftovers.push(Leftover {
            id: identity,
            connection: id.map(str::to_owned),
            reference: reference.map(|reference| reference.key.clone()),
            connector: reference.and_then(|reference| reference.connector.clone()).or_else(|| connection.and_then(|connection| connection.connector.clone())),
            connector_name: reference.and_then(|reference| reference.connector_name.clone()),
            label: connection.and_then(|connection| connection.label.clone()),
            sign_in: connection.and_then(|connection| connection.sign_in.as_ref()).map(|account| self.directory.complete(account)),
            owner: connection.and_then(|connection| connection.owner.as_ref()).map(|account| self.directory.complete(account)),
            health: connection.map(|connection| connection.health.clone()),
            evidence: vec![evidence],
            grade: evidence.grade(),
            connection_used_by: id.and_then(|id| used_by.get(&id.to_ascii_lowercase())).cloned().unwrap_or_default(),
        });
    }

    /// Known to be made by somebody other than whoever is signed in, and by nobody who is intended; not said while either isn't known.
    fn is_somebody_elses(&self, id: &str) -> bool {
        let connection = self.connection(id);
        let choice = self.intent.of(connection.and_then(|connection| connection.connector.as_deref()));
        let owner = connection.and_then(|connection| connection.owner.as_ref()).filter(|owner| owner.is_known());
        match (owner, self.known.signed_in) {
            (Some(owner), Some(me)) => !choice.allows(owner, &self.directory) && !self.directory.complete(owner).is_same(&self.directory.complete(me)),
            _ => false,
        }
    }

    fn who_can_tell(&self) -> Vec<Account> {
        let creator = self.known.saved.and_then(|flow| flow.creator.as_ref());
        let mut told = HashSet::new();
        let owners = creator.into_iter().chain(self.known.flow_owners);
        // Everybody who is identified is in the directory.
        owners.filter(|owner| self.directory.number(owner).is_some_and(|number| told.insert(number))).map(|owner| self.directory.complete(owner)).collect()
    }
}

/// Leftovers as they are found, and by the connection's id in lower case where each stands.
#[derive(Default)]
struct Found {
    leftovers: Vec<Leftover>,
    at: HashMap<String, usize>,
}

fn counts(operations: &[Judged], leftovers: &[Leftover]) -> Counts {
    let mut counts = Counts { operations: operations.len(), ..Counts::default() };
    let mut broken = HashSet::new();
    for judged in operations {
        match judged.verdict {
            Verdict::AsIntended => counts.as_intended += 1,
            Verdict::Mismatch { .. } => counts.mismatch += 1,
            Verdict::Unknown { .. } => counts.unknown += 1,
            Verdict::RunOnly => counts.run_only += 1,
            Verdict::NoConnection => {}
        }
        if matches!(judged.health, Some(Health::Broken(_))) {
            broken.insert(judged.connection.as_deref());
        }
    }
    counts.with_connection = counts.as_intended + counts.mismatch + counts.unknown + counts.run_only;
    counts.broken = broken.len();
    counts.leftovers = leftovers.iter().filter(|leftover| leftover.is_removable()).count();
    counts
}
